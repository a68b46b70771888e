// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | PT7S",
                " 7 | PT7S",
                "0 | PT1S",
                "3600 | PT1H",
                "3601 | PT1H",
                "315360000 | PT1H",
                "Sun, 1 Mar 2026 08:00:30 GMT | PT30S",
                "Sun, 01 Mar 2026 07:00:00 GMT | PT1S",
                "Sat, 01 Mar 2036 08:00:00 GMT | PT1H"
            })
    void aWaitIsBetweenASecondAndAnHour(String value, Duration wait) {
        assertThat(RetryAfter.read(value, NOW)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "soon", "1.5", "99999999999999999999", "Mon, 99 Mar 2026 08:00:00 GMT"})
    void whatCannotBeReadIsNoWait(String value) {
        assertThat(RetryAfter.read(value, NOW)).isEmpty();
    }
}
