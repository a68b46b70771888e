// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.spi.ArchiveException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Dates of RFC 5322 section 3.3, in UTC; independent of the platform's locale. */
final class MailDates {

    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

    private MailDates() {}

    /** The date as a header has it; holds what no header can have. */
    static String format(Instant time) {
        if (time.isBefore(FIRST) || time.isAfter(END)) {
            throw ArchiveException.hold(
                    "the sent time lies outside the years 1900 to 9999 that an email can have", null);
        }
        OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
        StringBuilder out = new StringBuilder(31);
        out.append(DAYS[utc.getDayOfWeek().getValue() - 1]).append(", ");
        out.append(utc.getDayOfMonth())
                .append(' ')
                .append(MONTHS[utc.getMonthValue() - 1])
                .append(' ');
        out.append(utc.getYear()).append(' ');
        two(out, utc.getHour()).append(':');
        two(out, utc.getMinute()).append(':');
        return two(out, utc.getSecond()).append(" +0000").toString();
    }

    private static StringBuilder two(StringBuilder out, int number) {
        return (number < 10 ? out.append('0') : out).append(number);
    }
}
