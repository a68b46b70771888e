// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times of every kind that exports hold: read as what they say, or refused; never guessed. */
class RecordTimeTest {

    private static final ZoneId TORONTO = ZoneId.of("America/Toronto");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            2026-03-01T10:15:30Z       | 2026-03-01T10:15:30Z | a plain one
            1970-01-01T00:00:00Z       | 1970-01-01T00:00:00Z | what a missing time is often filled with
            2999-12-31T23:59:59Z       | 2999-12-31T23:59:59Z | the future
            2024-02-29T00:00:00Z       | 2024-02-29T00:00:00Z | a leap day
            2026-03-01T10:15:30+18:00  | 2026-02-28T16:15:30Z | the largest offset
            2016-12-31T23:59:60Z       | 2016-12-31T23:59:59Z | a leap second
            2026-07-01T10:00:00        | 2026-07-01T14:00:00Z | no offset, the zone is configured
            2026-03-08T01:59:59        | 2026-03-08T06:59:59Z | before the gap
            2026-03-08T03:00:00        | 2026-03-08T07:00:00Z | behind the gap
            2026-11-01T02:00:00        | 2026-11-01T07:00:00Z | behind the overlap""")
    void whatIsClearIsRead(String text, Instant expected, String why) {
        RecordTime.Parsed parsed = new RecordTime(TORONTO).parse(text);

        assertThat(parsed.instant()).describedAs(why).isEqualTo(expected);
        assertThat(parsed.leapSecond()).isEqualTo(text.contains(":60"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            2023-02-30T00:00:00Z        | doesn't exist
            2023-02-29T00:00:00Z        | doesn't exist
            2026-03-01T24:00:00Z        | doesn't exist
            2026-03-01T23:59:61Z        | doesn't exist
            0000-01-01T00:00:00Z        | years 1 to 9999
            +1000000000-01-01T00:00:00Z | RFC 3339
            10000-01-01T00:00:00Z       | RFC 3339
            9999-12-31T23:59:59-00:01   | years 1 to 9999
            2026-03-01T10:15:60Z        | no leap second
            2026-03-01T10:15:30+18:01   | 18 hours
            2026-03-01T10:15:30-99:00   | 18 hours
            2026-03-08T02:30:00         | left out
            2026-11-01T01:30:00         | came twice
            1772359200                  | RFC 3339
            1772359200000               | RFC 3339
            1772359200000000            | RFC 3339
            03/04/2026 10:15            | RFC 3339
            2026-03-01T10:15:30\u00A0Z  | RFC 3339
            2026-03-0110:15:30Z         | RFC 3339
            2026-03-01T10:15:30Zx       | RFC 3339""")
    void whatNeedsAGuessIsRefusedWithoutTellingIt(String text, String problem) {
        assertThatThrownBy(() -> new RecordTime(TORONTO).parse(text))
                .isInstanceOf(DateTimeException.class)
                .hasNoCause()
                .hasMessageContaining(problem.equals("no leap second") ? "second 60" : problem)
                .message()
                .doesNotContain(text);
    }

    @Test
    void withoutAZoneATimeWithoutAnOffsetIsRefused() {
        assertThatThrownBy(() -> new RecordTime(null).parse("2026-07-01T10:00:00"))
                .hasMessageContaining("no offset");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dd/MM/yyyy HH:mm:ss   | 03/04/2026 10:15:30      | 2026-04-03T14:15:30Z
            MM/dd/yyyy hh:mm a    | 03/04/2026 10:15 PM      | 2026-03-05T03:15:00Z
            dd-MMM-yy HH:mm       | 04-Mar-26 10:15          | 2026-03-04T15:15:00Z
            yyyy-MM-dd HH:mm:ssXX | 2026-03-04 10:15:30+0200 | 2026-03-04T08:15:30Z""")
    void aConfiguredPatternSaysWhatADateMeans(String pattern, String text, Instant expected) {
        assertThat(TimeFormat.pattern(pattern).in(TORONTO).parse(text).instant())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "30/02/2026 10:15:30",
                "03/04/26 10:15:30",
                "03/04/2026 24:00:00",
                "03/04/2026 10:15:60",
                "03/04/2026 10:15:30 ",
                "2026-03-04T10:15:30Z",
                "08/03/2026 02:30:00",
                "01/11/2026 01:30:00",
                "00/01/2026 00:00:00",
                "01/01/0000 00:00:00"
            })
    void whatDoesNotFitThePatternIsRefusedWithoutTellingIt(String text) {
        assertThatThrownBy(() ->
                        TimeFormat.pattern("dd/MM/yyyy HH:mm:ss").in(TORONTO).parse(text))
                .isInstanceOf(DateTimeException.class)
                .hasNoCause()
                .message()
                .doesNotContain(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"yyyy-MM-dd", "HH:mm", "yyyy-MM-dd hh:mm", "yyyy-MM-dd HH:mm z", "yyyy-MM-dd HH:mm VV", "bcd"})
    void aPatternThatLeavesSomethingToGuessIsRefused(String pattern) {
        assertThatThrownBy(() -> TimeFormat.pattern(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPatternWithoutAnOffsetNeedsAZone() {
        assertThat(TimeFormat.pattern("yyyy-MM-dd HH:mm").zoneNeeded()).isTrue();
        assertThat(TimeFormat.pattern("yyyy-MM-dd HH:mm 'at zone' X").zoneNeeded())
                .isFalse();
        assertThat(TimeFormat.rfc3339().zoneNeeded()).isFalse();
    }

    @Test
    void theUnitOfANumberIsConfiguredAndNeverGuessed() {
        assertThat(TimeFormat.epoch(ChronoUnit.SECONDS)
                        .in(null)
                        .parse("1772359200")
                        .instant())
                .isEqualTo("2026-03-01T10:00:00Z");
        assertThat(TimeFormat.epoch(ChronoUnit.MILLIS)
                        .in(null)
                        .parse("1772359200")
                        .instant())
                .isEqualTo("1970-01-21T12:19:19.200Z");
        for (String bad : new String[] {"1772359200000000", "99999999999999999999", "1.5", "1e9", "", " 1", "\u0661"}) {
            assertThatThrownBy(
                            () -> TimeFormat.epoch(ChronoUnit.SECONDS).in(null).parse(bad))
                    .isInstanceOf(DateTimeException.class)
                    .hasNoCause();
        }
        assertThatThrownBy(() -> TimeFormat.epoch(ChronoUnit.DAYS)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void localeAndZoneOfTheMachineChangeNothing() {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-SA-u-nu-arab-ca-islamic"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            assertThat(TimeFormat.pattern("dd-MMM-yy HH:mm")
                            .in(TORONTO)
                            .parse("04-Mar-26 10:15")
                            .instant())
                    .isEqualTo("2026-03-04T15:15:00Z");
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }
}
