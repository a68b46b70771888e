// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

/**
 * How large a message may become. Applied at conversion, before the sink is known.
 *
 * <p>Sizes are bytes of content before any transfer encoding. An attachment over {@code maxAttachmentBytes}, or one that
 * would bring the message's attachments over {@code maxMessageBytes} together, is left out of the email: its bytes stay
 * in the pack, and the email carries a part that names its file name, size and SHA-256.
 *
 * @param maxAttachmentBytes of one attachment
 * @param maxMessageBytes of text and attachments together
 */
public record SizePolicy(long maxAttachmentBytes, long maxMessageBytes) {

    /** Nothing is left out up to 150,000,000 bytes, the largest message that Exchange Online can be set to accept. */
    public static final SizePolicy DEFAULT = new SizePolicy(150_000_000, 150_000_000);

    public SizePolicy {
        if (maxAttachmentBytes < 0 || maxMessageBytes < 0) {
            throw new IllegalArgumentException("sizes must not be negative");
        }
    }
}
