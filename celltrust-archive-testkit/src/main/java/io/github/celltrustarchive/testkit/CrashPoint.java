// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

/**
 * Counts the steps of a history and ends it at one of them: run once with {@link #never()} to learn how many there are, then
 * once with {@link #at} each. After the crash every further step crashes too, as a dead process does nothing more.
 *
 * <p>Shared by all parts of one simulated process. May be used by several threads at once.
 */
public final class CrashPoint {

    private final long crashAt;
    private long steps;
    private boolean crashed;

    private CrashPoint(long crashAt) {
        this.crashAt = crashAt;
    }

    /** Only counts. */
    public static CrashPoint never() {
        return new CrashPoint(Long.MAX_VALUE);
    }

    /** Crashes at this step, counted from 1. */
    public static CrashPoint at(long step) {
        if (step < 1) {
            throw new IllegalArgumentException("steps are counted from 1");
        }
        return new CrashPoint(step);
    }

    /**
     * One step.
     *
     * @param where what is about to happen, or has happened, for the message
     * @throws SimulatedCrash if this is the step, or was before
     */
    public synchronized void pass(String where) {
        requireAlive();
        steps++;
        if (steps >= crashAt) {
            crashed = true;
            throw new SimulatedCrash("at step " + steps + ", " + where);
        }
    }

    /**
     * Does nothing while the process lives.
     *
     * @throws SimulatedCrash after the crash
     */
    public synchronized void requireAlive() {
        if (crashed) {
            throw new SimulatedCrash("the process is dead");
        }
    }

    /** How many steps there were. */
    public synchronized long steps() {
        return steps;
    }

    /** Whether the crash has happened. */
    public synchronized boolean crashed() {
        return crashed;
    }
}
