// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.util.Objects;

/**
 * A sink's word that a message is in a mailbox.
 *
 * @param status how it came to be there
 * @param reference the sink's own reference: a Graph item id, an IMAP {@code UIDVALIDITY/UID}, a file name. No secret, no
 *     personal data
 */
public record Receipt(Status status, String reference) {

    /** The words of the status log. */
    public enum Status {
        /** Written whole. */
        IMPORTED,
        /** Written, but attachments were left out. */
        PARTIALLY_IMPORTED,
        /** Not written: it was there already. */
        DUPLICATE
    }

    public Receipt {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(reference, "reference");
    }

    /** {@code IMPORTED}, or {@code PARTIALLY_IMPORTED} for an envelope that lacks attachments. */
    public static Receipt imported(Envelope envelope, String reference) {
        return new Receipt(envelope.partial() ? Status.PARTIALLY_IMPORTED : Status.IMPORTED, reference);
    }

    /** {@code DUPLICATE}. */
    public static Receipt duplicate(String reference) {
        return new Receipt(Status.DUPLICATE, reference);
    }
}
