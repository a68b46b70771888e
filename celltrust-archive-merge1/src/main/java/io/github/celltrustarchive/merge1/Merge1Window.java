// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import java.time.Instant;
import java.util.Objects;

/**
 * A stretch of time by which a list is narrowed.
 *
 * @param from items stored at this time or later
 * @param until items stored before this time
 */
public record Merge1Window(Instant from, Instant until) {

    public Merge1Window {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(until, "until");
    }
}
