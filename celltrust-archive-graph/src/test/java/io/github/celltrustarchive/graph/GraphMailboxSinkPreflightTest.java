// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import static io.github.celltrustarchive.graph.SinkWorld.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Check.Status;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.SinkTraits;
import io.github.celltrustarchive.testkit.graph.GraphFault.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a sink tells before a run, and which options it refuses. */
class GraphMailboxSinkPreflightTest extends SinkFixture {

    @Test
    void aTenantThatIsReadyPassesAndNothingIsLeftInAnyMailbox() throws Exception {
        List<Check> checks = builder().checkedMailbox(ANN).build().preflight();

        assertThat(checks).extracting(Check::status).doesNotContain(Status.FAIL);
        assertThat(checks)
                .extracting(Check::what)
                .anyMatch(w -> w.contains("token"))
                .anyMatch(w -> w.contains("localhost answers"))
                .anyMatch(w -> w.contains("clock of localhost"))
                .anyMatch(w -> w.contains("can be read"));
        assertThat(world.seen("POST", ".*")).isEmpty();
        assertThat(world.mailbox.folders()).noneMatch(f -> f.displayName().equals("CellTrust"));
    }

    @Test
    void withoutAMailboxToLookAtTheTokenIsTriedAllTheSame() throws Exception {
        List<Check> checks = builder().build().preflight();

        assertThat(checks).anyMatch(c -> c.status() == Status.PASS && c.what().contains("takes the token"));
    }

    @Test
    void aClockThatIsWrongIsAFailure() throws Exception {
        Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(20));

        List<Check> checks = builder().clock(wrong).build().preflight();

        assertThat(checks).anyMatch(c -> c.status() == Status.FAIL && c.what().contains("clock of localhost"));
    }

    @Test
    void aMailboxThatIsNotOursIsAFailureThatSaysWhatToGrant() throws Exception {
        world.mailbox.refuseWith(403, "ErrorAccessDenied", "Access is denied for ann@bank.example.");

        List<Check> checks = builder().checkedMailbox(ANN).build().preflight();

        assertThat(checks).anyMatch(c -> c.status() == Status.FAIL && c.what().contains("Mail.ReadWrite"));
        assertThat(checks).noneMatch(c -> (c.what() + c.remedy()).contains("ann@"));
    }

    @Test
    void aRefusedTokenIsAFailure() throws Exception {
        world.fail("GET", ".*", Kind.TOKEN_REFUSED, Kind.TOKEN_REFUSED);
        world.graph.expireTokens();
        TokenSource worthless = (scope, refused) -> new AccessToken("worthless", SinkWorld.START);

        List<Check> checks = GraphMailboxSink.builder(world.cloud(), worthless, SinkWorld.PROFILE)
                .httpClient(world.client())
                .temporaryFolder(folder)
                .build()
                .preflight();

        assertThat(checks).anyMatch(c -> c.status() == Status.FAIL && c.what().contains("refuses the token"));
    }

    @Test
    void noTokenNoGraphAndNoConnectionAreFailuresWithTheirRemedies() throws Exception {
        assertThat(preflight(
                        (scope, refused) -> {
                            throw new IOException("canary");
                        },
                        world.cloud()))
                .anyMatch(c -> c.status() == Status.FAIL && c.remedy().contains("proxy"));
        assertThat(preflight(
                        (scope, refused) -> {
                            throw ArchiveException.stop("AADSTS7000215", null);
                        },
                        world.cloud()))
                .anyMatch(c -> c.status() == Status.FAIL && c.what().contains("AADSTS7000215"));
        assertThat(preflight(world.tokens(), MicrosoftCloud.GLOBAL.withGraph(URI.create("https://localhost:1"))))
                .anyMatch(c -> c.status() == Status.FAIL && c.what().contains("doesn't answer"));
    }

    @Test
    void theTraitsAreTheOptions() {
        assertThat(builder().build().traits()).isEqualTo(new SinkTraits(35 * 1_048_576L, Duration.ofSeconds(60), 2, 1));
        assertThat(builder()
                        .maxMessageBytes(200 * 1_048_576L)
                        .inFlightPerMailbox(4)
                        .settleTime(Duration.ZERO)
                        .build()
                        .traits())
                .isEqualTo(new SinkTraits(200 * 1_048_576L, Duration.ZERO, 4, 1));
    }

    @Test
    void everyOptionOutOfItsBoundsIsNamedAtOnce() {
        HttpClient wanderer = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        GraphMailboxSinkBuilder builder = builder()
                .maxMessageBytes(200 * 1_048_576L + 1)
                .inFlightPerMailbox(5)
                .settleTime(Duration.ofMinutes(11))
                .requestsPerTenMinutes(10_001)
                .bytesPerFiveMinutes(150_000_001)
                .requestDeadline(Duration.ZERO)
                .httpClient(wanderer);

        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessageContainingAll(
                        "maxMessageBytes",
                        "inFlightPerMailbox",
                        "settleTime",
                        "requestsPerTenMinutes",
                        "bytesPerFiveMinutes",
                        "requestDeadline",
                        "redirects");
        ConnectorProfile broken = new ConnectorProfile(
                "x y", "Inbox//", "", "", null, java.util.Set.of(), SinkWorld.PROFILE.sizePolicy(), "");
        assertThatIllegalStateException()
                .isThrownBy(GraphMailboxSink.builder(world.cloud(), world.tokens(), broken)::build)
                .withMessageContaining("folder");
    }

    @Test
    void aDeadlineAfterWhichACallCouldOutliveItsClaimAndABudgetTooSmallForAMessageAreRefused() {
        GraphMailboxSinkBuilder builder =
                builder().requestDeadline(Duration.ofMinutes(3)).requestsPerTenMinutes(19);

        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessageContainingAll("requestDeadline", "requestsPerTenMinutes");
    }

    @Test
    void closingTwiceDoesNothing() {
        GraphMailboxSink sink = builder().build();
        sink.close();
        sink.close();
    }

    private List<Check> preflight(TokenSource tokens, MicrosoftCloud cloud) throws InterruptedException {
        List<Check> checks = GraphMailboxSink.builder(cloud, tokens, SinkWorld.PROFILE)
                .httpClient(world.client())
                .temporaryFolder(folder)
                .build()
                .preflight();
        assertThat(checks).noneMatch(c -> (c.what() + c.remedy()).contains("canary"));
        return checks;
    }

    private GraphMailboxSinkBuilder builder() {
        return world.builder().clock(Clock.systemUTC());
    }
}
