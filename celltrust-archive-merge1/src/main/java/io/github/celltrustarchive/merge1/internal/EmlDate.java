// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date of RFC 5322 section 3.3 with the old forms of section 4.3, in English whatever the locale. Years 1900 to 9999. No form is
 * guessed.
 *
 * @param instant when
 * @param leapSecond whether it said {@code :60}, which became {@code :59}
 */
record EmlDate(Instant instant, boolean leapSecond) {

    private static final Pattern FORM = Pattern.compile(
            "(?:[A-Za-z]{3} ?, ?)?([0-9]{1,2}) ([A-Za-z]{3}) ([0-9]{2,4}) ([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?"
                    + "(?: ([+-][0-9]{4}|[A-Za-z]{1,5}))?(?: ?\\([^()]{0,80}\\))*");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    /**
     * Reads a date.
     *
     * @param zone of a date without one, or null if that is no date
     * @return null if it isn't one
     */
    static @Nullable EmlDate parse(String text, @Nullable ZoneId zone) {
        Matcher form = FORM.matcher(text);
        if (text.length() > 200 || !form.matches()) {
            return null;
        }
        int month = MONTHS.indexOf(form.group(2).toLowerCase(Locale.ROOT)) + 1;
        int second = form.group(6) == null ? 0 : Integer.parseInt(form.group(6));
        ZoneId offset = form.group(7) == null ? zone : offset(form.group(7));
        if (month == 0 || offset == null) {
            return null;
        }
        try {
            LocalDateTime time = LocalDateTime.of(
                    year(form.group(3)),
                    month,
                    Integer.parseInt(form.group(1)),
                    Integer.parseInt(form.group(4)),
                    Integer.parseInt(form.group(5)),
                    second == 60 ? 59 : second);
            return time.getYear() < 1900
                    ? null
                    : new EmlDate(time.atZone(offset).toInstant(), second == 60);
        } catch (DateTimeException e) { // 30 February, 25 o'clock
            return null;
        }
    }

    private static int year(String digits) {
        int year = Integer.parseInt(digits);
        if (digits.length() == 4) {
            return year;
        }
        return digits.length() == 2 && year < 50 ? 2000 + year : 1900 + year;
    }

    private static @Nullable ZoneOffset offset(String zone) {
        char sign = zone.charAt(0);
        if (sign == '+' || sign == '-') {
            int hours = Integer.parseInt(zone.substring(1, 3));
            int minutes = Integer.parseInt(zone.substring(3));
            if (hours > 18 || minutes > 59 || (hours == 18 && minutes > 0)) {
                return null;
            }
            int total = hours * 60 + minutes;
            return ZoneOffset.ofTotalSeconds((sign == '-' ? -total : total) * 60);
        }
        return switch (zone.toUpperCase(Locale.ROOT)) {
            case "UT", "GMT", "UTC", "Z" -> ZoneOffset.UTC;
            case "EDT" -> ZoneOffset.ofHours(-4);
            case "EST", "CDT" -> ZoneOffset.ofHours(-5);
            case "CST", "MDT" -> ZoneOffset.ofHours(-6);
            case "MST", "PDT" -> ZoneOffset.ofHours(-7);
            case "PST" -> ZoneOffset.ofHours(-8);
            default -> null;
        };
    }
}
