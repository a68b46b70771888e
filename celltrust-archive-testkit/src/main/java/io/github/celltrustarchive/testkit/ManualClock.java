// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/** A clock in UTC that stands still until it is moved. May be used by several threads at once. */
public final class ManualClock extends Clock {

    private Instant now;

    /** A clock that shows this time. */
    public ManualClock(Instant now) {
        this.now = Objects.requireNonNull(now, "now");
    }

    /** Moves the clock; backwards too. */
    public synchronized void advance(Duration time) {
        now = now.plus(time);
    }

    /** Sets the clock. */
    public synchronized void set(Instant time) {
        now = Objects.requireNonNull(time, "time");
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /**
     * Not supported: a test has one zone.
     *
     * @throws UnsupportedOperationException unless the zone is UTC
     */
    @Override
    public Clock withZone(ZoneId zone) {
        if (!zone.equals(ZoneOffset.UTC)) {
            throw new UnsupportedOperationException("this clock is in UTC");
        }
        return this;
    }
}
