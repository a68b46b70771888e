// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import java.util.List;
import java.util.Objects;

/**
 * A page of the site's list.
 *
 * @param items in the site's order, possibly none
 * @param nextCursor after which the next page begins; not empty
 * @param more whether the site has more after this page now; false is its explicit word that this is the end
 */
public record Merge1Page(List<Merge1Item> items, String nextCursor, boolean more) {

    public Merge1Page {
        items = List.copyOf(items);
        if (Objects.requireNonNull(nextCursor, "nextCursor").isEmpty()) {
            throw new IllegalArgumentException("nextCursor must not be empty");
        }
    }

    /** Shows sizes only. */
    @Override
    public String toString() {
        return "Merge1Page[" + items.size() + " items" + (more ? ", more" : "") + "]";
    }
}
