// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import io.github.celltrustarchive.model.ContentLocation;
import java.util.Objects;

/**
 * An item that is held.
 *
 * @param item the ledger's own number of the item
 * @param identity its source id and key; of a record that couldn't be parsed its locator, and the key of its bytes
 * @param reason why it is held
 * @param raw where its raw record lies
 */
public record HeldItem(long item, ItemIdentity identity, String reason, ContentLocation raw) {

    public HeldItem {
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(raw, "raw");
    }

    /** Shows number, key and place. */
    @Override
    public String toString() {
        return "HeldItem[" + item + ", " + identity.key() + ", " + raw + "]";
    }
}
