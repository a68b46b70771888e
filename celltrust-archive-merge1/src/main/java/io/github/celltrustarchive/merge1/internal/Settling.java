// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether files have stopped growing: their last change is a while ago. Of a file whose time is in the future, because clocks
 * differ, only watching it for as long can tell. Not thread-safe.
 */
final class Settling {

    private static final long DAY = Duration.ofDays(1).toMillis();

    private record Sight(long size, long time, long since) {}

    private final Clock clock;
    private final long quiet;
    private Map<String, Sight> watched = new HashMap<>();
    private Map<String, Sight> next = new HashMap<>();
    private long now;

    Settling(Clock clock, Duration quiet) {
        this.clock = clock;
        this.quiet = quiet.toMillis();
    }

    /** A look at the folder begins. */
    void begin() {
        watched = next;
        next = new HashMap<>();
        now = clock.millis();
    }

    /** Whether a file that waits for something beside it has waited for a day. */
    boolean isOverdue(long time) {
        return now - time > DAY;
    }

    boolean isSettled(String relative, long size, long time) {
        if (quiet == 0 || now - time >= quiet) {
            return true;
        }
        if (time <= now) {
            return false;
        }
        Sight before = watched.get(relative);
        boolean same = before != null && before.size() == size && before.time() == time;
        Sight sight = same && before != null ? before : new Sight(size, time, now);
        next.put(relative, sight);
        return now - sight.since() >= quiet;
    }
}
