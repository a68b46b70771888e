// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BlobProtectionTest {

    private static final Instant CREATED = Instant.parse("2026-03-01T08:00:00Z");
    private static final BlobProtection A_MONTH = new BlobProtection(Duration.ofDays(30), true, false);

    @Test
    void aPolicyThatLastsAsLongAsItShouldIsEnough() {
        assertThat(A_MONTH.missingOn(blob(CREATED))).isNull();
    }

    @Test
    void aBlobThatDoesntSayWhenItWasCreatedIsNotTakenForAProtectedOne() {
        assertThat(A_MONTH.missingOn(blob(Instant.MAX))).contains("immutability policy");
    }

    private static BlobFacts blob(Instant created) {
        return new BlobFacts(1, null, "e", created, CREATED.plus(Duration.ofDays(30)), true, false);
    }
}
