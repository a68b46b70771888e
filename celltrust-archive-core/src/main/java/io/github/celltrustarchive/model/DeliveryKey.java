// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

/**
 * The identity of one message in one folder of one mailbox: SHA-256 over the item's key, the mailbox's stable id and the
 * folder path. However often a delivery is attempted, its key is the same; a sink uses it to write at most once.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record DeliveryKey(String hex) {

    public DeliveryKey {
        Hex.requireSha256(hex, "hex");
    }

    /** The key of {@code item} in {@code folder} of the mailbox with this id. */
    public static DeliveryKey of(ItemKey item, String mailboxId, String folder) {
        return new DeliveryKey(IdentityDigest.ofDelivery(item, mailboxId, folder));
    }

    /** The digest as 32 bytes, a new array each time. */
    public byte[] bytes() {
        return Hex.parse(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
