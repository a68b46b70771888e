// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.spi.ArchiveException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;

/** Times in headers and bodies, written by hand: the same in every locale. */
final class Times {

    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Times() {}

    /**
     * As in the Date header (RFC 5322 section 3.3), in UTC, whole seconds.
     *
     * @throws ArchiveException with remedy {@code HOLD} if the year isn't from 1900 to 9999
     */
    static String rfc5322(Instant instant) {
        if (instant.isBefore(FIRST) || !instant.isBefore(END)) {
            throw ArchiveException.hold(
                    "the sent time is not in the years 1900 to 9999, which an email can say: correct the source's time",
                    null);
        }
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(31);
        text.append(DAYS[time.getDayOfWeek().getValue() - 1]).append(", ");
        two(text, time.getDayOfMonth()).append(' ');
        text.append(MONTHS[time.getMonthValue() - 1])
                .append(' ')
                .append(time.getYear())
                .append(' ');
        return clock(text, time).append(" +0000").toString();
    }

    /** The date in a zone, such as {@code 2026-03-04}. */
    static String date(Instant instant, ZoneId zone) {
        return date(new StringBuilder(10), LocalDateTime.ofInstant(instant, zone))
                .toString();
    }

    /** For people: date, time with what fraction there is, and zone. */
    static String readable(Instant instant, ZoneId zone) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, zone);
        StringBuilder text = new StringBuilder(40);
        date(text, time).append(' ');
        clock(text, time);
        fraction(text, time.get(ChronoField.NANO_OF_SECOND));
        if (zone.equals(ZoneOffset.UTC)) {
            return text.append(" UTC").toString();
        }
        ZoneOffset offset = zone.getRules().getOffset(instant);
        text.append(' ').append(offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId());
        return zone instanceof ZoneOffset
                ? text.toString()
                : text.append(" (").append(zone.getId()).append(')').toString();
    }

    /** UTC, and where {@code zone} is another, that zone beside it. */
    static String both(Instant instant, ZoneId zone) {
        String utc = readable(instant, ZoneOffset.UTC);
        return zone.equals(ZoneOffset.UTC) ? utc : utc + " \u00B7 " + readable(instant, zone);
    }

    /** Three, six or nine digits, as many as are needed. */
    private static void fraction(StringBuilder text, int nanos) {
        if (nanos != 0) {
            int digits = nanos % 1_000_000 == 0 ? 3 : nanos % 1000 == 0 ? 6 : 9;
            text.append('.').append(Integer.toString(1_000_000_000 + nanos), 1, 1 + digits);
        }
    }

    private static StringBuilder date(StringBuilder text, LocalDateTime time) {
        text.append(time.getYear()).append('-');
        two(text, time.getMonthValue()).append('-');
        return two(text, time.getDayOfMonth());
    }

    private static StringBuilder clock(StringBuilder text, LocalDateTime time) {
        two(text, time.getHour()).append(':');
        two(text, time.getMinute()).append(':');
        return two(text, time.getSecond());
    }

    private static StringBuilder two(StringBuilder text, int value) {
        return text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }
}
