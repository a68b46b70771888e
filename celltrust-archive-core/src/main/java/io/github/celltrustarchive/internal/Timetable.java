// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** When scheduled runs are to begin. */
@FunctionalInterface
public interface Timetable {

    /** The first slot after a run that began at this time; always later than it. */
    Instant next(Instant lastStart);

    /** This long after each beginning. */
    static Timetable every(Duration interval) {
        return lastStart -> lastStart.plus(interval);
    }

    /**
     * Once on every date of a zone. A local time that a date doesn't have (clocks go forward) is as much later as they go
     * forward; of one that it has twice (clocks go back) the first counts.
     */
    static Timetable daily(LocalTime time, ZoneId zone) {
        return lastStart -> {
            // a slot of the evening before may have been moved past midnight
            LocalDate date = lastStart.atZone(zone).toLocalDate().minusDays(1);
            Instant slot = slot(date, time, zone);
            while (!slot.isAfter(lastStart)) {
                date = date.plusDays(1);
                slot = slot(date, time, zone);
            }
            return slot;
        };
    }

    private static Instant slot(LocalDate date, LocalTime time, ZoneId zone) {
        return ZonedDateTime.of(date, time, zone).toInstant();
    }
}
