// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an export writes its times. One format for all of a source; what doesn't fit it is an error, and nothing is guessed: no
 * unit of a number, no order of day and month, no zone. Years are 1 to 9999 in UTC. Immutable and thread-safe.
 */
public final class TimeFormat {

    private static final Pattern ZONE_LETTERS = Pattern.compile("[zvV]");
    private static final LocalDateTime PROBE = LocalDateTime.of(2031, 10, 25, 17, 48);
    private static final int MAX_LENGTH = 100;

    private final Function<@Nullable ZoneId, Reader> readers;
    private final boolean zoneNeeded;

    private TimeFormat(boolean zoneNeeded, Function<@Nullable ZoneId, Reader> readers) {
        this.zoneNeeded = zoneNeeded;
        this.readers = readers;
    }

    /** Reads times; a problem is a {@link DateTimeException} whose message holds no value. */
    @FunctionalInterface
    interface Reader {
        RecordTime.Parsed parse(String text);
    }

    /**
     * {@code date-time} of RFC 3339 section 5.6, such as {@code 2026-03-01T10:15:30.125+01:00}, with up to nine decimals; without
     * an offset only if there is a zone. The default.
     */
    public static TimeFormat rfc3339() {
        return new TimeFormat(false, zone -> new RecordTime(zone)::parse);
    }

    /**
     * A pattern of {@link DateTimeFormatter}, such as {@code dd/MM/yyyy HH:mm:ss}, strictly: no 30 February, no 24:00. It must
     * hold date and time of day. Without an offset (letters {@code x}, {@code X}, {@code Z} or {@code O}) a zone is required.
     * {@code yy} means 2000 to 2099. Names of months and days are English.
     *
     * @throws IllegalArgumentException if it isn't such a pattern, or holds the name of a zone, which would have to be guessed
     */
    public static TimeFormat pattern(String pattern) {
        if (ZONE_LETTERS.matcher(pattern.replaceAll("'[^']*'", "")).find()) {
            throw new IllegalArgumentException("names of zones in a time pattern have to be guessed: use an offset");
        }
        DateTimeFormatter formatter = new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .parseDefaulting(ChronoField.ERA, 1)
                .toFormatter(Locale.ENGLISH)
                .withChronology(IsoChronology.INSTANCE)
                .withResolverStyle(ResolverStyle.STRICT);
        boolean hasOffset = probe(formatter);
        return new TimeFormat(!hasOffset, zone -> text -> read(formatter, hasOffset, zone, text));
    }

    /**
     * A whole number of units since 1970-01-01T00:00:00Z, as Unix does it.
     *
     * @param unit seconds, milliseconds, microseconds or nanoseconds: it is never guessed from the size of the number
     * @throws IllegalArgumentException if it is another unit
     */
    public static TimeFormat epoch(ChronoUnit unit) {
        switch (unit) {
            case SECONDS, MILLIS, MICROS, NANOS -> {
                return new TimeFormat(false, zone -> text -> readEpoch(text, unit));
            }
            default -> throw new IllegalArgumentException("the unit must be seconds or a decimal part of them");
        }
    }

    /** Whether times of this format are no instants without a zone. */
    boolean zoneNeeded() {
        return zoneNeeded;
    }

    Reader in(@Nullable ZoneId zone) {
        return readers.apply(zone);
    }

    /** Whether what the pattern writes has an offset; fails if it can't be read back. */
    private static boolean probe(DateTimeFormatter formatter) {
        try {
            TemporalAccessor again = formatter.parse(formatter.format(PROBE.atOffset(ZoneOffset.ofHours(3))));
            if (LocalDateTime.from(again).truncatedTo(ChronoUnit.MINUTES).equals(PROBE)) {
                return again.isSupported(ChronoField.OFFSET_SECONDS);
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a time pattern must hold date and time of day", e);
        }
        throw new IllegalArgumentException("a time pattern must hold date and time of day, to the minute");
    }

    private static RecordTime.Parsed read(
            DateTimeFormatter formatter, boolean hasOffset, @Nullable ZoneId zone, String text) {
        LocalDateTime local;
        Instant instant;
        try {
            if (text.length() > MAX_LENGTH) {
                throw new DateTimeException("long");
            }
            TemporalAccessor parsed = formatter.parse(text);
            local = LocalDateTime.from(parsed);
            instant = hasOffset ? local.toInstant(ZoneOffset.from(parsed)) : Instant.MIN;
        } catch (DateTimeException e) {
            throw new DateTimeException("isn't a time in the configured format"); // the cause tells the value
        }
        return inRange(hasOffset ? instant : RecordTime.inZone(local, zone));
    }

    private static RecordTime.Parsed readEpoch(String text, ChronoUnit unit) {
        if (!text.matches("-?[0-9]{1,19}")) {
            throw new DateTimeException(
                    "isn't a whole number of " + unit.toString().toLowerCase(Locale.ROOT));
        }
        try {
            return inRange(Instant.EPOCH.plus(Long.parseLong(text), unit));
        } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
            throw new DateTimeException("must lie in the years 1 to 9999");
        }
    }

    private static RecordTime.Parsed inRange(Instant instant) {
        RecordTime.requireYear(instant);
        return new RecordTime.Parsed(instant, false);
    }
}
