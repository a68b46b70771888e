// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Until when something that was sent for a half-written message may still take effect. What this process sent it knows; of a
 * message that it knows nothing about, another process may have sent something a moment ago. May be used by several threads at
 * once.
 */
final class OpenWrites {

    private static final int MAX_KNOWN = 10_000;
    private static final Duration KEPT = Duration.ofDays(1);

    private final Duration settleTime;
    private final Clock clock;
    private final ExpiringCache<String, Instant> settled;

    OpenWrites(Duration settleTime, Clock clock) {
        this.settleTime = settleTime;
        this.clock = clock;
        this.settled = new ExpiringCache<>(MAX_KNOWN, clock);
    }

    /** Something was sent and not answered. */
    void unanswered(MessagePlace place) {
        settled.put(place.id(), clock.instant().plus(settleTime), KEPT);
    }

    /** This process has just created it: nobody else has sent anything for it. */
    void created(MessagePlace place) {
        settled.put(place.id(), clock.instant(), KEPT);
    }

    /** When nothing that was sent before can take effect any more. */
    Instant settledAt(MessagePlace place) {
        if (settled.get(place.id()).isEmpty()) {
            unanswered(place);
        }
        return settled.get(place.id()).orElseGet(() -> clock.instant().plus(settleTime));
    }
}
