// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one reader of times: {@code date-time} of RFC 3339 section 5.6, or the same without an offset if a zone is known.
 * Nothing is guessed. Problems are {@link DateTimeException}s whose messages hold no value.
 */
final class RecordTime {

    private static final Pattern DATE_TIME =
            Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]{1,9}))?"
                    + "([Zz]|[+-][0-9]{2}:[0-9]{2})?");

    private final @Nullable ZoneId zone;

    RecordTime(@Nullable ZoneId zone) {
        this.zone = zone;
    }

    /**
     * A time.
     *
     * @param leapSecond whether it was {@code :60}, which {@link Instant} doesn't have; the instant then says {@code :59}
     */
    record Parsed(Instant instant, boolean leapSecond) {}

    Parsed parse(String text) {
        Matcher m = text.length() > 40 ? null : DATE_TIME.matcher(text);
        if (m == null || !m.matches()) {
            throw new DateTimeException("must be a time of RFC 3339, such as 2026-03-01T10:15:30Z");
        }
        boolean leapSecond = m.group(6).equals("60");
        LocalDateTime local = local(m, leapSecond);
        Instant instant = m.group(8) == null ? inZone(local, zone) : local.toInstant(offset(m.group(8)));
        LocalDateTime utc = requireYear(instant);
        if (leapSecond && (utc.getHour() != 23 || utc.getMinute() != 59)) {
            throw new DateTimeException("has a second 60 where no leap second can be");
        }
        return new Parsed(instant, leapSecond);
    }

    private static LocalDateTime local(Matcher m, boolean leapSecond) {
        String fraction = m.group(7) == null ? "" : m.group(7);
        try {
            return LocalDateTime.of(
                    number(m.group(1)),
                    number(m.group(2)),
                    number(m.group(3)),
                    number(m.group(4)),
                    number(m.group(5)),
                    leapSecond ? 59 : number(m.group(6)),
                    number((fraction + "000000000").substring(0, 9)));
        } catch (DateTimeException e) {
            throw new DateTimeException("is a date or a time of day that doesn't exist"); // the cause tells the value
        }
    }

    /** The instant in UTC, if its year is one that a record may have. */
    static LocalDateTime requireYear(Instant instant) {
        LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        if (utc.getYear() < 1 || utc.getYear() > 9999) {
            throw new DateTimeException("must lie in the years 1 to 9999");
        }
        return utc;
    }

    /** A local time in a zone, never at a change of summer time. */
    static Instant inZone(LocalDateTime local, @Nullable ZoneId zone) {
        if (zone == null) {
            throw new DateTimeException("has no offset from UTC, and no time zone is configured");
        }
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.isEmpty()) {
            throw new DateTimeException("is a local time that the change to summer time left out");
        }
        if (offsets.size() > 1) {
            throw new DateTimeException("is a local time that came twice in the change from summer time");
        }
        return local.toInstant(offsets.get(0));
    }

    private static ZoneOffset offset(String text) {
        if (text.length() == 1) {
            return ZoneOffset.UTC;
        }
        int hours = number(text.substring(1, 3));
        int minutes = number(text.substring(4));
        if (hours > 18 || minutes > 59 || (hours == 18 && minutes > 0)) {
            throw new DateTimeException("has an offset beyond 18 hours");
        }
        int sign = text.charAt(0) == '-' ? -1 : 1;
        return ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
