// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How much may still be asked of each mailbox: requests and bytes in sliding windows, and a pause where the service asked
 * for one. Says when there is room again and never waits itself; whoever asks stores that time.
 *
 * <p>Facts: <a href="https://learn.microsoft.com/graph/throttling-limits#outlook-service-limits">Outlook service limits</a>,
 * per application and mailbox: 10,000 requests in 10 minutes, 150 MB of uploads in 5 minutes. Refused requests count too.
 */
public final class MailboxBudgets {

    private final Limits limits;
    private final Clock clock;
    private final Map<String, Budget> budgets = new ConcurrentHashMap<>();

    /**
     * What is allowed in sliding windows.
     *
     * @param requests how many requests in {@code requestWindow}
     * @param bytes how many bytes sent in {@code byteWindow}
     */
    public record Limits(int requests, Duration requestWindow, long bytes, Duration byteWindow) {
        /** A little below what Microsoft allows: 9,600 requests in 10 minutes, 120 MB in 5 minutes. */
        public static final Limits DEFAULTS =
                new Limits(9_600, Duration.ofMinutes(10), 120_000_000, Duration.ofMinutes(5));
    }

    MailboxBudgets(Limits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Takes a request of this many bytes out of the mailbox's budget.
     *
     * @return empty if it may be sent now, or else when to ask again; then nothing was taken
     */
    Optional<Instant> take(String mailbox, long bytes) {
        return budgets.computeIfAbsent(mailbox, m -> new Budget()).take(bytes);
    }

    /** The service asked to leave this mailbox alone for a while. */
    void pause(String mailbox, Instant until) {
        budgets.computeIfAbsent(mailbox, m -> new Budget()).pause(until);
    }

    private final class Budget {
        private final Window requests = new Window(limits.requests(), limits.requestWindow());
        private final Window bytes = new Window(limits.bytes(), limits.byteWindow());
        private @Nullable Instant pausedUntil;

        synchronized Optional<Instant> take(long size) {
            Instant now = clock.instant();
            Instant paused = pausedUntil;
            if (paused != null && now.isBefore(paused)) {
                return Optional.of(paused);
            }
            Instant room = later(requests.roomAt(1, now), bytes.roomAt(size, now));
            if (room.isAfter(now)) {
                return Optional.of(room);
            }
            requests.add(1, now);
            bytes.add(size, now);
            return Optional.empty();
        }

        synchronized void pause(Instant until) {
            Instant paused = pausedUntil;
            pausedUntil = paused == null ? until : later(paused, until);
        }
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** A sliding window, kept in slices of a hundredth, so that its size doesn't grow with the traffic. */
    private static final class Window {
        private static final int SLICES = 100;

        private final long limit;
        private final Duration length;
        private final Duration slice;
        private final Deque<Slice> slices = new ArrayDeque<>();
        private long sum;

        private Window(long limit, Duration length) {
            this.limit = limit;
            this.length = length;
            this.slice = length.dividedBy(SLICES);
        }

        /** When there is room for this much. More than the whole limit is let through on an empty window. */
        Instant roomAt(long amount, Instant now) {
            dropBefore(now.minus(length));
            long excess = sum + Math.min(amount, limit) - limit;
            Instant at = now;
            for (Slice old : slices) {
                if (excess <= 0) {
                    break;
                }
                excess -= old.amount;
                at = old.end(slice).plus(length);
            }
            return at;
        }

        void add(long amount, Instant now) {
            Slice last = slices.peekLast();
            if (last == null || !now.isBefore(last.start.plus(slice))) {
                last = new Slice(now);
                slices.addLast(last);
            }
            last.amount += amount;
            sum += amount;
        }

        private void dropBefore(Instant limitTime) {
            Slice first = slices.peekFirst();
            while (first != null && !first.end(slice).isAfter(limitTime)) {
                sum -= slices.removeFirst().amount;
                first = slices.peekFirst();
            }
        }
    }

    private static final class Slice {
        private final Instant start;
        private long amount;

        private Slice(Instant start) {
            this.start = start;
        }

        private Instant end(Duration length) {
            return start.plus(length);
        }
    }
}
