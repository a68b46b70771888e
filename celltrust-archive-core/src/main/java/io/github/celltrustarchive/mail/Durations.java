// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** How long a call lasted, as people read it: {@code 0:01:02}. */
final class Durations {

    /** More digits than any call has seconds; a number that long is something else. */
    private static final int MAX_DIGITS = 9;

    private static final int MAX_LENGTH = 30;

    private Durations() {}

    /**
     * Hours, minutes and seconds of a number of seconds or of an ISO 8601 duration such as {@code PT1M2S}; fractions of
     * a second are dropped. Null for anything else, which then is shown as it was given.
     */
    static @Nullable String readable(String given) {
        String plain = given.strip();
        if (isDigits(plain)) {
            return clock(Long.parseLong(plain));
        }
        if (!plain.startsWith("P") || plain.length() > MAX_LENGTH) {
            return null;
        }
        try {
            Duration duration = Duration.parse(plain);
            return duration.isNegative() ? null : clock(duration.toSeconds());
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Both forms where the first can be had: the value as given stays visible. */
    static String withGiven(String given) {
        String readable = readable(given);
        return readable == null ? given : readable + " (given as " + given + ")";
    }

    private static String clock(long seconds) {
        long minutes = seconds / 60;
        return minutes / 60 + ":" + two(minutes % 60) + ":" + two(seconds % 60);
    }

    private static String two(long value) {
        return value < 10 ? "0" + value : Long.toString(value);
    }

    private static boolean isDigits(String text) {
        if (text.isEmpty() || text.length() > MAX_DIGITS) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
