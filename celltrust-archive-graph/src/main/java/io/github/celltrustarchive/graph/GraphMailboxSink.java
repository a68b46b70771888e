// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import io.github.celltrustarchive.graph.internal.GraphMailboxes;
import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.IncompleteDeliveryException;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.SinkTraits;
import java.io.IOException;
import java.util.List;

/**
 * Writes messages into Exchange Online mailboxes through Microsoft Graph. What it writes, property by property, is in
 * {@code docs/microsoft-365.md}; what was seen of a real mailbox and what only one can tell, too.
 *
 * <p><b>Message.</b> One request with text, recipients, properties and small attachments makes a message that is no draft, has
 * the times of the original, and either is there or isn't (<a
 * href="https://learn.microsoft.com/graph/api/mailfolder-post-messages">create message in a folder</a>). What doesn't fit
 * is added afterwards (<a href="https://learn.microsoft.com/graph/outlook-large-attachments">large attachments</a>); until then
 * the message bears the state {@code partial}. Large attachments stream: a few megabytes are in memory.
 *
 * <p><b>Once.</b> Graph has no create-if-absent. The message bears the item's archive key in a named property, by which
 * {@link #find} finds it wherever its owner has moved it (<a
 * href="https://learn.microsoft.com/graph/api/singlevaluelegacyextendedproperty-get">filter by extended property</a>), and by
 * its Message-ID. The first message in each mailbox, and one a day, is read back; if key or Message-ID didn't survive, the run
 * ends. Nothing is ever deleted or moved.
 *
 * <p><b>Reference.</b> The message's <a href="https://learn.microsoft.com/graph/outlook-immutable-id">immutable id</a>.
 *
 * <p><b>Folder.</b> {@link ConnectorProfile#folder()}; a first name {@code Inbox} means the inbox in whatever language the
 * mailbox speaks, any other is looked for at the top of the mailbox. Found without regard to case; made where it is missing,
 * once, however many make it at the same time. Its owner may do with it what they like:
 *
 * <ul>
 *   <li><i>renamed or moved</i> while this sink knows its id (for a day, for 10,000 mailboxes): messages go on into it;
 *   <li><i>renamed, or moved to the top of the mailbox,</i> and this sink new: it is recognised by a mark, if the sink made
 *       it. Moved elsewhere, it isn't, and a new folder is made;
 *   <li><i>moved to Deleted Items, or deleted:</i> a new folder is made. This is noticed at the next write to a deleted
 *       folder, and within ten minutes in the other case.
 * </ul>
 *
 * <p><b>Interrupted work.</b> A message that is there but not whole is resumed: its attachments are listed and the missing ones
 * added; what may still be under way from before has the settle time to arrive first. If its owner has deleted it meanwhile, the
 * outcome is unknown: the pipeline looks for it and, if it is nowhere, delivers it anew.
 *
 * <p><b>Permission.</b> {@code Mail.ReadWrite} (application), limited to the mailboxes concerned by <a
 * href="https://learn.microsoft.com/exchange/permissions-exo/application-rbac">RBAC for Applications</a>.
 *
 * <p><b>Threading.</b> May be used by several threads at once, also for one mailbox up to
 * {@link GraphMailboxSinkBuilder#inFlightPerMailbox}. A call waits where that is better than to leave a message half written, and ends
 * within five minutes: what isn't uploaded then goes on with the next call, in the same process where it stopped.
 *
 * <p><b>Errors.</b> As the interface has it; see {@link #deliver}.
 */
public final class GraphMailboxSink implements MailboxSink {

    private final GraphMailboxes mailboxes;
    private final SinkTraits traits;

    GraphMailboxSink(GraphMailboxes mailboxes, SinkTraits traits) {
        this.mailboxes = mailboxes;
        this.traits = traits;
    }

    /**
     * Starts a sink.
     *
     * @param tokens of an application that may write to the mailboxes
     * @param profile folder, message class and header names
     */
    public static GraphMailboxSinkBuilder builder(MicrosoftCloud cloud, TokenSource tokens, ConnectorProfile profile) {
        return new GraphMailboxSinkBuilder(cloud, tokens, profile);
    }

    /**
     * Writes a message, or goes on with one that is incomplete.
     *
     * @throws ArchiveException if certainly nothing was written: {@code RETRY} where Graph asks to wait (with the time, for
     *     the whole mailbox), can't be reached, or the mailbox is full; {@code HOLD} where the mailbox is not ours to write to,
     *     doesn't exist, can define no more named properties, or Graph refuses this very message; {@code STOP} where it
     *     refuses the credentials
     * @throws IncompleteDeliveryException if the message is there but not whole, with the time where Graph asks to wait; with
     *     {@code STOP} also if it was changed on its way
     * @throws IOException if there was no answer, or none that can be relied on: a timeout, a broken connection, a status of
     *     500 and above, 200 without a message, a refusal that isn't Graph's own
     */
    @Override
    public Receipt deliver(Delivery delivery) throws IOException, InterruptedException {
        return mailboxes.deliver(delivery);
    }

    /**
     * Looks by archive key, then by Message-ID, each in the folder and then in the whole mailbox with Deleted Items. A message
     * that is found is whole if its state says so and its attachments are all there.
     */
    @Override
    public Lookup find(Delivery delivery) throws IOException, InterruptedException {
        return mailboxes.find(delivery);
    }

    @Override
    public SinkTraits traits() {
        return traits;
    }

    /**
     * Asks for a token, for an answer of Graph's, for the time there, for the mailbox that
     * {@link GraphMailboxSinkBuilder#checkedMailbox} names, and for room in the temporary folder.
     */
    @Override
    public List<Check> preflight() throws InterruptedException {
        return mailboxes.preflight();
    }

    /** Does nothing: the HTTP client is the host's, or closes its connections when they are idle. */
    @Override
    public void close() {}
}
