// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** When people begin to write: most in the morning and after lunch, few at night, hardly anybody at weekends. */
final class SampleHours {

    /** Of a hundred conversations of a working day, how many begin in each hour. */
    private static final int[] WORKING_DAY = {
        0, 0, 0, 0, 0, 0, 1, 3, 9, 13, 12, 10, 5, 8, 11, 12, 8, 4, 2, 1, 1, 0, 0, 0
    };

    private static final int WEEKEND = 15; // times quieter

    private final SplittableRandom random;
    private final double perDay;
    private final ZoneId zone;
    private final LocalDate end;
    private LocalDate day;
    private int hour = -1;
    private int left;
    private double place;

    SampleHours(SplittableRandom random, double perDay, LocalDate start, int days, ZoneId zone) {
        this.random = random;
        this.perDay = perDay;
        this.zone = zone;
        this.day = start;
        this.end = start.plusDays(days);
    }

    /** The day of the conversation that began last. */
    LocalDate day() {
        return day;
    }

    /** When the next conversation begins, never before the one before it; null after the last day. */
    @Nullable
    Instant next() {
        while (left == 0) {
            if (++hour == WORKING_DAY.length) {
                hour = 0;
                day = day.plusDays(1);
            }
            if (!day.isBefore(end)) {
                hour = -1;
                return null;
            }
            left = conversations();
            place = 0;
        }
        // the smallest of so many places that are left in this hour, without drawing and sorting them all
        place += (1 - place) * (1 - StrictMath.pow(random.nextDouble(), 1.0 / left));
        left--;
        return day.atTime(LocalTime.of(hour, 0)).atZone(zone).toInstant().plusSeconds((long) (place * 3_599));
    }

    private int conversations() {
        boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        double expected = perDay * WORKING_DAY[hour] / 100 / (weekend ? WEEKEND : 1);
        double these = expected * (0.7 + 0.6 * random.nextDouble());
        return (int) these + (random.nextDouble() < these - (int) these ? 1 : 0);
    }
}
