// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import io.github.celltrustarchive.model.ItemKey;
import java.util.Objects;

/**
 * What the ledger looks an item up by.
 *
 * @param sourceId the source's id, or the locator
 * @param key the item's key
 */
public record ItemIdentity(String sourceId, ItemKey key) {

    public ItemIdentity {
        Objects.requireNonNull(sourceId, "sourceId");
        Objects.requireNonNull(key, "key");
    }
}
