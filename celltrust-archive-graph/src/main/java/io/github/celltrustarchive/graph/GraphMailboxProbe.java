// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import io.github.celltrustarchive.graph.internal.MailboxProbe;
import io.github.celltrustarchive.model.AddrSpec;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.util.Objects;

/**
 * Tells what a tenant makes of what {@link GraphMailboxSink} writes, in one test mailbox: writes one message as the sink does,
 * into a folder of its own beside the archive's (such as {@code Inbox/CellTrust-Probe}), reads every property back, and
 * removes message and folder again.
 *
 * <p>The message is made up: from a number reserved for fiction, to the test mailbox, 400 days old. Nothing else in the mailbox
 * is read or changed. Removed means permanently where Graph allows it, else by way of Deleted Items; holds and the retention of
 * deleted items keep a copy where only discovery sees it. Each run leaves the two named properties and the header names of the
 * sink defined in the mailbox, as the first archived message would.
 *
 * <p><b>Permission.</b> As the sink: {@code Mail.ReadWrite} for that mailbox.
 *
 * <p><b>Threading.</b> One run at a time for a mailbox; a run takes seconds, minutes if the message can't be found at once.
 */
public final class GraphMailboxProbe {

    private final MailboxProbe probe;

    GraphMailboxProbe(MailboxProbe probe) {
        this.probe = probe;
    }

    /**
     * Writes, reads back, removes.
     *
     * @param mailbox address of the test mailbox
     * @param largeAttachment whether a second attachment of 3.5 MB is sent, by upload session
     * @return what was found, never null. Trouble in the middle is a finding too, and what was written is removed all the same
     * @throws IllegalArgumentException if {@code mailbox} isn't an address
     * @throws ArchiveException if certainly nothing was written, with the reason
     * @throws IOException if Graph doesn't answer and it can't be told whether something was written
     */
    public ProbeReport run(String mailbox, boolean largeAttachment) throws IOException, InterruptedException {
        if (!AddrSpec.isValid(Objects.requireNonNull(mailbox, "mailbox"))) {
            throw new IllegalArgumentException("the test mailbox must be given by its address");
        }
        return probe.run(mailbox, largeAttachment);
    }
}
