// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** Counts what a mailbox is asked and says when it is too much. Thread-safe. */
final class Throttle {

    private final GraphThrottling limits;
    private final Clock clock;
    private final Window requests;
    private final Window bytes;
    private int inFlight;
    private int mostInFlight;
    private long asked;
    private long refused;

    Throttle(GraphThrottling limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
        requests = new Window(limits.requestWindow(), limits.requests());
        bytes = new Window(limits.uploadWindow(), limits.uploadBytes());
    }

    /** Lets a request in; whoever calls must {@link #leave()}, also after a refusal. */
    synchronized void enter(long uploadBytes) throws Refusal {
        inFlight++;
        asked++;
        mostInFlight = Math.max(mostInFlight, inFlight);
        Instant now = clock.instant();
        long waitForRequests = requests.add(now, 1);
        long waitForBytes = uploadBytes == 0 ? 0 : bytes.add(now, uploadBytes);
        if (inFlight > limits.inFlight()) {
            throw refuse("MailboxConcurrency", 1);
        }
        if (waitForRequests > 0) {
            throw refuse("Request", waitForRequests);
        }
        if (waitForBytes > 0) {
            throw refuse("IncomingBytes", waitForBytes);
        }
    }

    synchronized void leave() {
        inFlight--;
    }

    synchronized int mostInFlight() {
        return mostInFlight;
    }

    synchronized long asked() {
        return asked;
    }

    synchronized long refused() {
        return refused;
    }

    private Refusal refuse(String limit, long seconds) {
        refused++;
        return throttled("Application is over its " + limit + " limit.", Long.toString(seconds));
    }

    static Refusal throttled(String message, String retryAfter) {
        return new Refusal(
                429,
                "ApplicationThrottled",
                message,
                retryAfter.isEmpty() ? Map.of() : Map.of("Retry-After", retryAfter));
    }

    /** What came in during the last while. */
    private static final class Window {
        private final Duration length;
        private final long limit;
        private final Deque<Entry> entries = new ArrayDeque<>();
        private long sum;

        private record Entry(Instant at, long amount) {}

        private Window(Duration length, long limit) {
            this.length = length;
            this.limit = limit;
        }

        /** Counts and returns after how many seconds to ask again; 0 if it is within the limit. */
        private long add(Instant now, long amount) {
            while (!entries.isEmpty() && !entries.peekFirst().at().plus(length).isAfter(now)) {
                sum -= entries.removeFirst().amount();
            }
            entries.addLast(new Entry(now, amount));
            sum += amount;
            if (sum <= limit) {
                return 0;
            }
            long left = sum;
            Instant free = now;
            for (Entry entry : entries) {
                if (left <= limit) {
                    break;
                }
                left -= entry.amount();
                free = entry.at().plus(length);
            }
            return Math.max(1, Duration.between(now, free).plusMillis(999).toSeconds());
        }
    }
}
