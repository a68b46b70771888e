// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times as milliseconds since 1970. What lies beyond the range of a {@code long} becomes its end. */
final class Times {

    /** A not-before time that has always passed. */
    static final long AT_ONCE = 0;

    private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private Times() {}

    /** The last millisecond that isn't after {@code time}. */
    static long floor(Instant time) {
        if (time.isBefore(FIRST)) {
            return Long.MIN_VALUE;
        }
        return time.isAfter(LAST) ? Long.MAX_VALUE : time.toEpochMilli();
    }

    /** The first millisecond that isn't before {@code time}: for not-before times, so that nothing is due too early. */
    static long ceiling(Instant time) {
        long floor = floor(time);
        boolean whole = !instant(floor).isBefore(time);
        return whole || floor == Long.MAX_VALUE ? floor : floor + 1;
    }

    static @Nullable Long floorNullable(@Nullable Instant time) {
        return time == null ? null : floor(time);
    }

    static Instant instant(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    /** {@code millis + duration}, not beyond the last millisecond there is. */
    static long plus(long millis, Duration duration) {
        return plus(
                millis,
                duration.compareTo(Duration.ofMillis(Long.MAX_VALUE)) > 0 ? Long.MAX_VALUE : duration.toMillis());
    }

    static long plus(long millis, long duration) {
        long sum = millis + duration;
        return duration > 0 && sum < millis ? Long.MAX_VALUE : sum;
    }
}
