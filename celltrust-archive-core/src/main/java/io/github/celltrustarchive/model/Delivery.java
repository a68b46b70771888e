// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One message for one folder of one mailbox.
 *
 * @param key its identity, the same at every attempt
 * @param mailbox where it goes
 * @param folder the path below the mailbox, with {@code /} between names, such as {@code Inbox/CellTrust}
 * @param envelope what the message is
 * @param eml the message in Internet Message Format (RFC 5322), CRLF line ends; its digest has been checked
 * @param attempt 1 for the first
 * @param incompleteReference the sink's own reference of an earlier write that stayed incomplete and is to be resumed, or
 *     null
 */
public record Delivery(
        DeliveryKey key,
        Mailbox mailbox,
        String folder,
        Envelope envelope,
        Content eml,
        int attempt,
        @Nullable String incompleteReference) {

    public Delivery {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(mailbox, "mailbox");
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(envelope, "envelope");
        Objects.requireNonNull(eml, "eml");
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be positive");
        }
    }

    @Override
    public String toString() {
        return "Delivery[" + key + ", attempt " + attempt + "]";
    }
}
