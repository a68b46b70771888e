// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.io.Sleeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A sleeper that moves a clock instead. May be used by several threads at once. */
public final class ManualSleeper implements Sleeper {

    private final ManualClock clock;
    private final List<Duration> slept = new ArrayList<>();

    /** A sleeper that moves this clock. */
    public ManualSleeper(ManualClock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public synchronized void sleep(Duration time) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        slept.add(time);
        clock.advance(time);
    }

    /** All sleeps so far. */
    public synchronized List<Duration> slept() {
        return List.copyOf(slept);
    }
}
