// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimetableTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @Test
    void everyDateHasOneSlotAtItsLocalTimeWhetherItHas23Or24Or25Hours() {
        Timetable two = Timetable.daily(LocalTime.of(4, 0), NEW_YORK);

        assertThat(slots(two, "2026-03-06T12:00:00Z", 3))
                .containsExactly("2026-03-07T09:00:00Z", "2026-03-08T08:00:00Z", "2026-03-09T08:00:00Z");
        assertThat(slots(two, "2026-10-30T12:00:00Z", 3))
                .containsExactly("2026-10-31T08:00:00Z", "2026-11-01T09:00:00Z", "2026-11-02T09:00:00Z");
    }

    @Test
    void aLocalTimeThatTheDateDoesNotHaveIsAsMuchLaterAsItsClocksGoForward() {
        Timetable gap = Timetable.daily(LocalTime.of(2, 30), NEW_YORK);

        assertThat(slots(gap, "2026-03-07T12:00:00Z", 2)) // 03:30, then 02:30, both in summer time
                .containsExactly("2026-03-08T07:30:00Z", "2026-03-09T06:30:00Z");
    }

    @Test
    void ofALocalTimeThatTheDateHasTwiceOnlyTheFirstCounts() {
        Timetable overlap = Timetable.daily(LocalTime.of(1, 30), NEW_YORK);

        assertThat(slots(overlap, "2026-10-31T12:00:00Z", 2))
                .containsExactly("2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z");
    }

    @Test
    void aSlotThatIsMovedPastMidnightIsNotForgotten() {
        Timetable toronto = Timetable.daily(LocalTime.of(23, 45), ZoneId.of("America/Toronto"));

        // 1919-03-30 23:30 became 1919-03-31 00:30: the slot of the 30th is at 00:45 on the 31st
        assertThat(slots(toronto, "1919-03-31T04:35:00Z", 1)).containsExactly("1919-03-31T04:45:00Z");
    }

    @Test
    void aDateThatAZoneSkippedHasNoSecondSlot() {
        Timetable apia = Timetable.daily(LocalTime.of(2, 0), ZoneId.of("Pacific/Apia"));

        assertThat(slots(apia, "2011-12-29T12:30:00Z", 2)) // 29th, then 31st of December
                .containsExactly("2011-12-30T12:00:00Z", "2011-12-31T12:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"America/New_York", "Australia/Lord_Howe", "Europe/Dublin", "Africa/Cairo", "Asia/Kolkata"})
    void everyDateHasOneSlotAndNeverTwoAreCloserThan23Hours(String zone) {
        ZoneId id = ZoneId.of(zone);
        for (int minute = 0; minute < 24 * 60; minute += 15) {
            Timetable daily = Timetable.daily(LocalTime.MIN.plusMinutes(minute), id);
            Instant slot = Instant.parse("2020-01-01T12:00:00Z");
            slot = daily.next(slot);
            for (int day = 0; day < 400; day++) {
                Instant next = daily.next(slot);
                assertThat(Duration.between(slot, next)).isBetween(Duration.ofHours(23), Duration.ofHours(25));
                assertThat(next.atZone(id).toLocalDate())
                        .isEqualTo(slot.atZone(id).toLocalDate().plusDays(1));
                slot = next;
            }
        }
    }

    @Test
    void aRunThatBeganAtItsSlotHasServedIt() {
        Timetable daily = Timetable.daily(LocalTime.of(2, 0), ZoneId.of("UTC"));

        assertThat(daily.next(Instant.parse("2026-11-23T02:00:00Z"))).isEqualTo("2026-11-24T02:00:00Z");
        assertThat(daily.next(Instant.parse("2026-11-23T01:59:59.999Z"))).isEqualTo("2026-11-23T02:00:00Z");
    }

    private static List<String> slots(Timetable timetable, String after, int count) {
        List<String> slots = new ArrayList<>();
        Instant slot = Instant.parse(after);
        for (int i = 0; i < count; i++) {
            slot = timetable.next(slot);
            slots.add(slot.toString());
        }
        return slots;
    }
}
