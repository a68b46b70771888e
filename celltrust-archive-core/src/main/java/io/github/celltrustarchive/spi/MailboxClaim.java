// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import io.github.celltrustarchive.model.Mailbox;
import java.util.List;
import java.util.Objects;

/**
 * A worker's claim on one folder of one mailbox, with what is due there. Nobody else delivers to it until the claim is
 * released or its lease is over.
 *
 * @param mailboxNumber the ledger's own number of the mailbox and folder
 * @param mailbox the mailbox
 * @param folder the folder path that was planned
 * @param due what is due, in the order in which the items were recorded
 */
public record MailboxClaim(long mailboxNumber, Mailbox mailbox, String folder, List<ClaimedDelivery> due) {

    public MailboxClaim {
        Objects.requireNonNull(mailbox, "mailbox");
        Objects.requireNonNull(folder, "folder");
        due = List.copyOf(due);
    }
}
