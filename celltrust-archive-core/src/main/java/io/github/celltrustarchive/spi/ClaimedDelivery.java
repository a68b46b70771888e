// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import io.github.celltrustarchive.model.StagedMessage;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that is due.
 *
 * @param item the ledger's own number of the item
 * @param staged the message
 * @param attempts how many attempts have begun so far
 * @param attemptsBefore how many of them were begun before an operator released it: they don't count when it is decided
 *     whether to give up
 * @param unknown whether the last attempt's outcome is unknown, so that the message must be looked for first
 * @param lookedAt when it was looked for and found absent, which started the settle time; null if it wasn't yet. A delivery
 *     is due again only when its settle time is over
 * @param incompleteReference the sink's reference of an earlier incomplete write, or null
 */
public record ClaimedDelivery(
        long item,
        StagedMessage staged,
        int attempts,
        int attemptsBefore,
        boolean unknown,
        @Nullable Instant lookedAt,
        @Nullable String incompleteReference) {

    public ClaimedDelivery {
        Objects.requireNonNull(staged, "staged");
    }
}
