// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import io.github.celltrustarchive.io.Sleeper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Waits within a call, where giving up would leave a message half written; and tells when a call has taken long enough, so
 * that with its last request it is over before a worker that shares the ledger takes the mailbox for abandoned (five minutes
 * by default). One for each delivery; not thread-safe.
 */
final class Patience {

    private static final Duration LONGEST_CALL = Duration.ofMinutes(3);
    private static final Duration FIRST_WAIT = Duration.ofMillis(750);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final int TRIES_FOR_NEW_MESSAGE = 4;

    private final Clock clock;
    private final Sleeper sleeper;
    private final Instant end;

    Patience(Clock clock, Sleeper sleeper) {
        this.clock = clock;
        this.sleeper = sleeper;
        this.end = clock.instant().plus(LONGEST_CALL);
    }

    /**
     * Asks about a message that was just created. Such a one may not be found at first, and nothing was done then: asked
     * again after 0.75, 1.5 and 3 seconds.
     */
    GraphCalls.Answer callNewMessage(GraphCalls calls, GraphRequest request) throws IOException, InterruptedException {
        for (int tried = 1; ; tried++) {
            try {
                return calls.call(request);
            } catch (GraphException e) {
                if (e.error().meaning() != GraphError.Meaning.NOT_FOUND || tried == TRIES_FOR_NEW_MESSAGE) {
                    throw e;
                }
            }
            sleep(backoff(tried));
        }
    }

    /** How long to wait after so many failures: 0.75 s doubled each time, at most 5 s. */
    static Duration backoff(int failures) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures - 1, 10));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    /**
     * Waits until then.
     *
     * @return false, at once, if the call would take too long
     */
    boolean waitUntil(Instant time) throws InterruptedException {
        if (time.isAfter(end)) {
            return false;
        }
        Duration wait = Duration.between(clock.instant(), time);
        if (!wait.isNegative() && !wait.isZero()) {
            sleeper.sleep(wait);
        }
        return true;
    }

    /** Whether the rest is for the next call. */
    boolean isOver() {
        return clock.instant().isAfter(end);
    }

    void sleep(Duration time) throws InterruptedException {
        sleeper.sleep(time);
    }

    Instant now() {
        return clock.instant();
    }
}
