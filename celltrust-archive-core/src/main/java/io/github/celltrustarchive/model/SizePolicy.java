// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

/**
 * How large a message may become. Applied at conversion, before the sink is known.
 *
 * <p><b>What is measured.</b> Bytes of content as the source gave it, before base64 or any other encoding for transfer,
 * which makes the email about 37 % larger: an attachment's own bytes, the text in UTF-8; headers, the HTML form and the
 * notes below are not counted. Of a record that is an email already, and passes through, the size of the email.
 *
 * <p><b>What is over it.</b> An attachment over {@code maxAttachmentBytes}, or one that would bring text and attachments so
 * far over {@code maxMessageBytes}, is left out of the email, which carries a part that names its file name, size, SHA-256
 * and place; its bytes stay in the pack, and the message counts as partially imported. Attachments are taken in the item's
 * order, so a small one behind a large one may still be in. Where nothing can be left out (a text, or an email that passes
 * through, over {@code maxMessageBytes}) the item is held as "item size exceeded" and counts as failed. Exactly the limit
 * is within it.
 *
 * @param maxAttachmentBytes of one attachment
 * @param maxMessageBytes of text and attachments together
 */
public record SizePolicy(long maxAttachmentBytes, long maxMessageBytes) {

    /** Nothing is left out up to 150,000,000 bytes, the largest message that Exchange Online can be set to accept. */
    public static final SizePolicy DEFAULT = new SizePolicy(150_000_000, 150_000_000);

    private static final long CONNECTOR_BYTES = 10L << 20;

    public SizePolicy {
        if (maxAttachmentBytes < 0 || maxMessageBytes < 0) {
            throw new IllegalArgumentException("sizes must not be negative");
        }
    }

    /**
     * The limits of Microsoft's CellTrust connector: attachments, and items, larger than 10 MB can't be imported (Microsoft's
     * article "Set up a connector to archive CellTrust data"). For hosts that must match what that connector leaves in
     * mailboxes; the default keeps more.
     *
     * <p>The article defines neither its "MB" nor what is measured. Here 10 MB are 10,485,760 bytes (10 × 2<sup>20</sup>),
     * as Exchange prints it ("10 MB (10,485,760 bytes)"): of two readings the one that leaves less out.
     * {@code new SizePolicy(10_000_000, 10_000_000)} is the other. An item of several attachments that are within the limit
     * each but not together is imported with those that fit, rather than not at all.
     */
    public static SizePolicy connectorCompatible() {
        return new SizePolicy(CONNECTOR_BYTES, CONNECTOR_BYTES);
    }
}
