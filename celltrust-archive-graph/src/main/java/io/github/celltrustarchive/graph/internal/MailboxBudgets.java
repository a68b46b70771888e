// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much may still be asked of each mailbox: requests and bytes in sliding windows, and a pause where the service asked
 * for one. Says when there is room again and never waits itself; whoever asks stores that time. A mailbox that has had nothing for
 * longer than the windows is forgotten. May be used by several threads at once.
 *
 * <p>Facts: <a href="https://learn.microsoft.com/graph/throttling-limits#outlook-service-limits">Outlook service limits</a>,
 * per application and mailbox: 10,000 requests in 10 minutes, 150 MB of uploads in 5 minutes. Refused requests count too.
 */
public final class MailboxBudgets {

    /** The longest that a service's answer may ask for, see {@link RetryAfter}: a later time comes from a clock that was wrong. */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Limits limits;
    private final Clock clock;
    private final Map<String, Budget> budgets = new HashMap<>();
    private Instant swept;

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
        this.swept = clock.instant();
    }

    /**
     * Takes a request of this many bytes out of the mailbox's budget.
     *
     * @return empty if it may be sent now, or else when to ask again; then nothing was taken
     */
    synchronized Optional<Instant> take(String mailbox, long bytes) {
        Instant now = clock.instant();
        sweep(now);
        return budgets.computeIfAbsent(mailbox, m -> new Budget()).take(bytes, now);
    }

    /** The service asked to leave this mailbox alone for a while. */
    synchronized void pause(String mailbox, Instant until) {
        budgets.computeIfAbsent(mailbox, m -> new Budget()).pause(until, clock.instant());
    }

    /** How many mailboxes are remembered. */
    synchronized int size() {
        return budgets.size();
    }

    /** Once in the length of a window, so that ten thousand mailboxes don't stay in memory for ever. */
    private void sweep(Instant now) {
        if (now.isBefore(swept) || !now.isBefore(swept.plus(limits.requestWindow()))) {
            budgets.values().removeIf(budget -> budget.isIdle(now));
            swept = now;
        }
    }

    private final class Budget {
        private final Window requests = new Window(limits.requests(), limits.requestWindow());
        private final Window bytes = new Window(limits.bytes(), limits.byteWindow());
        private @Nullable Instant pausedUntil;

        Optional<Instant> take(long size, Instant now) {
            Instant paused = pausedUntil(now);
            if (paused != null) {
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

        /** The end of a pause that is on; null if there is none. */
        private @Nullable Instant pausedUntil(Instant now) {
            Instant until = pausedUntil;
            boolean on = until != null && now.isBefore(until) && !until.isAfter(now.plus(LONGEST_PAUSE));
            return on ? until : null;
        }

        boolean isIdle(Instant now) {
            return pausedUntil(now) == null && requests.isEmpty(now) && bytes.isEmpty(now);
        }

        void pause(Instant until, Instant now) {
            Instant before = pausedUntil(now);
            pausedUntil = before == null ? until : later(before, until);
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
            dropOld(now);
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

        boolean isEmpty(Instant now) {
            dropOld(now);
            return slices.isEmpty();
        }

        void add(long amount, Instant now) {
            if (amount == 0) {
                return;
            }
            Slice last = slices.peekLast();
            if (last == null || !now.isBefore(last.start.plus(slice))) {
                last = new Slice(now);
                slices.addLast(last);
            }
            last.amount += amount;
            sum += amount;
        }

        /** Also drops what lies so far ahead that the clock was wrong then. */
        private void dropOld(Instant now) {
            Instant oldest = now.minus(length);
            Slice first = slices.peekFirst();
            while (first != null && (!first.end(slice).isAfter(oldest) || first.start.isAfter(now.plus(length)))) {
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
