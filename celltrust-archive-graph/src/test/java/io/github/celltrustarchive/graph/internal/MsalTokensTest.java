// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.microsoft.aad.msal4j.IAccount;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.ITenantProfile;
import com.microsoft.aad.msal4j.MsalClientException;
import io.github.celltrustarchive.graph.AccessToken;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MsalTokensTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T08:00:00Z"));
    private final AtomicInteger asked = new AtomicInteger();
    private final MsalTokens tokens = new MsalTokens(
            (scope, renew) -> CompletableFuture.completedFuture(new Result(
                    "token-" + asked.incrementAndGet(),
                    Date.from(clock.instant().plusSeconds(600)))),
            clock);

    @Test
    void aTokenIsRenewedFiveMinutesBeforeItEnds() throws Exception {
        AccessToken first = tokens.token("s", null);
        clock.advance(Duration.ofSeconds(299));
        AccessToken stillGood = tokens.token("s", null);
        clock.advance(Duration.ofSeconds(1));
        AccessToken renewed = tokens.token("s", null);

        assertThat(stillGood).isEqualTo(first);
        assertThat(renewed.text()).isEqualTo("token-2");
    }

    @Test
    void aRefusedTokenThatWasRenewedMeanwhileIsNotRenewedAgain() throws Exception {
        AccessToken first = tokens.token("s", null);
        AccessToken second = tokens.token("s", first);

        AccessToken third = tokens.token("s", first);

        assertThat(third).isEqualTo(second);
        assertThat(asked).hasValue(2);
    }

    @Test
    void whatMsalThrowsAtOnceEndsTheRunAndNoneOfItsWordsAreQuoted() {
        for (RuntimeException thrown : List.of(
                new MsalClientException("canary", "invalid_authority"), new IllegalArgumentException("canary"))) {
            MsalTokens failing = new MsalTokens(
                    (scope, renew) -> {
                        throw thrown;
                    },
                    clock);

            assertThatExceptionOfType(ArchiveException.class)
                    .isThrownBy(() -> failing.token("s", null))
                    .matches(e -> e.remedy() == ArchiveException.Remedy.STOP)
                    .withNoCause()
                    .satisfies(e -> assertThat(e.toString()).doesNotContain("canary"));
        }
    }

    private record Result(String accessToken, Date expiresOnDate) implements IAuthenticationResult {
        private static final long serialVersionUID = 1L;

        @Override
        public String idToken() {
            return "";
        }

        @Override
        public IAccount account() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ITenantProfile tenantProfile() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String environment() {
            return "";
        }

        @Override
        public String scopes() {
            return "";
        }
    }
}
