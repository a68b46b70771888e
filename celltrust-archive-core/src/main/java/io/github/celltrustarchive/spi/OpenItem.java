// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import io.github.celltrustarchive.model.Envelope;
import java.util.List;
import java.util.Objects;

/**
 * An item some of whose participants have no mailbox yet.
 *
 * @param item the ledger's own number of the item
 * @param envelope what it is
 * @param open positions in {@link Envelope#participants()} that are pending and due, or unmapped and in the window
 */
public record OpenItem(long item, Envelope envelope, List<Integer> open) {

    public OpenItem {
        Objects.requireNonNull(envelope, "envelope");
        open = List.copyOf(open);
    }
}
