// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.io.IOException;

/**
 * The identity of an item: SHA-256 over the connector's name, the source id and a digest of what the item means.
 *
 * <p>Same source id and content give the same key (a replay); the same id with other content gives another key (a new
 * revision); other ids with equal content stay apart. Bytes decide: ids that are equal only after case folding or
 * Unicode normalisation are different. The exact encoding is written down in {@code docs/identity.md}, so that an auditor
 * can recompute a key.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record ItemKey(String hex) implements Comparable<ItemKey> {

    public ItemKey {
        Hex.requireSha256(hex, "hex");
    }

    /**
     * The key of an item that could be parsed. Reads attachments that have no digest yet.
     *
     * @throws IOException if an attachment can't be read
     */
    public static ItemKey of(String connector, SourceItem item) throws IOException {
        return new ItemKey(IdentityDigest.ofItem(connector, item));
    }

    /**
     * The key of a record that couldn't be parsed: its locator and its bytes.
     *
     * @throws IOException if the record can't be read
     */
    public static ItemKey ofUnparsed(String connector, RawRecord record) throws IOException {
        return new ItemKey(IdentityDigest.ofRecord(connector, record));
    }

    /** The digest as 32 bytes, a new array each time. */
    public byte[] bytes() {
        return Hex.parse(hex);
    }

    @Override
    public int compareTo(ItemKey other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
