// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What takes effect after its client is gone. It is applied once the clock has passed its time: on every look, and, with a
 * clock that runs, by itself too. One at a time, in the order of their times.
 */
final class LateEffects implements AutoCloseable {

    private final Clock clock;
    private final Consumer<Call> effect;
    private final PriorityQueue<Late> waiting = new PriorityQueue<>();
    private final ReentrantLock applying = new ReentrantLock();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private long order;

    private record Late(Instant due, long order, Call call) implements Comparable<Late> {
        @Override
        public int compareTo(Late other) {
            int byTime = due.compareTo(other.due);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    LateEffects(Clock clock, Consumer<Call> effect) {
        this.clock = clock;
        this.effect = effect;
    }

    void add(Call call, Duration lateBy) {
        synchronized (waiting) {
            waiting.add(new Late(clock.instant().plus(lateBy), ++order, call));
        }
        schedule(lateBy);
    }

    /** Applies what is due by now, and returns when that is done, whoever does it. */
    void applyDue() {
        if (applying.isHeldByCurrentThread()) {
            return;
        }
        applying.lock();
        try {
            for (Late next = nextDue(); next != null; next = nextDue()) {
                effect.accept(next.call());
            }
        } finally {
            applying.unlock();
        }
    }

    int count() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private @Nullable Late nextDue() {
        synchronized (waiting) {
            Late first = waiting.peek();
            return first == null || first.due().isAfter(clock.instant()) ? null : waiting.poll();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the effect itself reports what fails
    private void schedule(Duration in) {
        Instant before = clock.instant();
        try {
            timer.schedule(() -> wake(before), Math.max(1, in.toMillis() + 1), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // closed meanwhile: nothing takes effect any more
        }
    }

    /** A timer that rang early on a clock that runs is set again; a clock that stands still is somebody's to move. */
    private void wake(Instant before) {
        applyDue();
        Instant now = clock.instant();
        Late first;
        synchronized (waiting) {
            first = waiting.peek();
        }
        if (first != null && now.isAfter(before)) {
            schedule(Duration.between(now, first.due()));
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
