// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

/**
 * Whether the ledger has seen an item before.
 *
 * @param known whether exactly this item (same key) is recorded: a replay
 * @param revision the number this item has, or would get if it is new, among the items with its source id: 1 for the first,
 *     2 for the first with other content, and so on
 */
public record Sighting(boolean known, int revision) {}
