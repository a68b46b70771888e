// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When to try again. The time and the attempt are stored in the ledger; nothing sleeps. */
@FunctionalInterface
public interface RetryPolicy {

    /**
     * How long to wait after a failed attempt.
     *
     * @param attempt how many attempts have failed, at least 1
     * @param random for jitter
     * @return the wait, or empty to give up, which holds the delivery until an operator releases it
     */
    Optional<Duration> waitAfter(int attempt, RandomGenerator random);

    /** {@code exponential(1 s, 1 h, 50)}: gives up after about two days of failures. */
    static RetryPolicy ofDefaults() {
        return exponential(Duration.ofSeconds(1), Duration.ofHours(1), 50);
    }

    /**
     * Doubles the wait from {@code first} up to {@code longest}, each with a jitter of 0 to 50 % added, and gives up after
     * {@code attempts}.
     */
    static RetryPolicy exponential(Duration first, Duration longest, int attempts) {
        Objects.requireNonNull(first, "first");
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0 || attempts < 1) {
            throw new IllegalArgumentException("need 0 < first <= longest and at least one attempt");
        }
        return (attempt, random) -> {
            if (attempt >= attempts) {
                return Optional.empty();
            }
            double factor = Math.scalb(1.0, Math.min(attempt - 1, 60));
            double millis = Math.min(first.toMillis() * factor, (double) longest.toMillis());
            return Optional.of(Duration.ofMillis((long) (millis * (1 + random.nextDouble() / 2))));
        };
    }

    /** Gives up at the first failure. */
    static RetryPolicy never() {
        return (attempt, random) -> Optional.empty();
    }
}
