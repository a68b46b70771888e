// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.merge1.Merge1Exchange;
import io.github.celltrustarchive.testkit.merge1.Merge1Fault;
import io.github.celltrustarchive.testkit.merge1.Merge1Fault.Kind;
import io.github.celltrustarchive.testkit.merge1.Merge1Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpsMerge1SiteTest {

    @TempDir
    static Path certificates;

    private static LoopbackTls tls;

    @TempDir
    Path folder;

    private SiteWorld world;
    private HttpsMerge1Site site;
    private Merge1Connector connector;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = LoopbackTls.create(certificates);
    }

    @BeforeEach
    void start() throws Exception {
        world = new SiteWorld(tls, folder);
        world.items(1, 3);
        site = world.site();
        connector = site.findConnector(SiteWorld.CONNECTOR).orElseThrow();
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
        assertThat(world.simulator.problems()).isEmpty();
    }

    @Test
    void listsAndReadsItems() throws Exception {
        Merge1Page page = site.itemsAfter(connector, "", null, 2);
        Merge1Item first = page.items().get(0);

        assertThat(page.more()).isTrue();
        assertThat(first.storedAt()).isEqualTo("2026-11-23T02:00:00Z");
        assertThat(site.open(connector, first, 0).readAllBytes())
                .isEqualTo(SiteWorld.eml("item 1").open().readAllBytes());
        assertThat(site.open(connector, first, first.size() - 3).readAllBytes()).containsExactly('1', '\r', '\n');
        assertThat(site.itemsAfter(connector, page.nextCursor(), null, 2).more())
                .isFalse();
        assertThat(site.item(connector, "item 1")).contains(first);
        assertThat(site.item(connector, "none")).isEmpty();
        assertThat(site.findConnector("none")).isEmpty();
    }

    @Test
    void anAnswerThatIsTooLongNamesTheOptionToRaise() throws Exception {
        world.items(4, 60);
        HttpsMerge1Site small = world.siteBuilder().maxListBytes(1_024).build();

        assertThatThrownBy(() -> small.itemsAfter(connector, "", null, 100))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("raise maxListBytes");
    }

    @Test
    void signsInOnceAndAgainALittleBeforeTheTokenExpires() throws Exception {
        site.itemsAfter(connector, "", null, 2);
        world.clock.advance(Duration.ofMinutes(58));
        site.itemsAfter(connector, "", null, 2);
        assertThat(world.simulator.signIns()).isEqualTo(1);

        world.clock.advance(Duration.ofMinutes(1));
        site.itemsAfter(connector, "", null, 2);

        assertThat(world.simulator.signIns()).isEqualTo(2);
        assertThat(statuses()).doesNotContain(401);
    }

    @Test
    void aRefusedTokenIsRenewedOnceForAllWhoWait() throws Exception {
        world.simulator.expireTokens();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        CountDownLatch together = new CountDownLatch(8);
        try {
            List<Future<Merge1Page>> pages = java.util.stream.IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> {
                        together.countDown();
                        together.await();
                        return site.itemsAfter(connector, "", null, 2);
                    }))
                    .toList();
            for (Future<Merge1Page> page : pages) {
                assertThat(page.get().items()).hasSize(2);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(world.simulator.signIns()).isEqualTo(2);
    }

    @Test
    void aTokenThatIsRefusedAgainStopsTheRun() {
        world.times(2, Merge1Fault.of(Kind.TOKEN_REFUSED), path -> true);

        assertThatThrownBy(() -> site.itemsAfter(connector, "", null, 2))
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.STOP));
    }

    @Test
    void signsInAsAClientToo() throws Exception {
        HttpsMerge1Site asClient = world.siteBuilder()
                .client(Merge1Simulator.NAME, Secret.of(Merge1Simulator.SECRET))
                .build();

        assertThat(asClient.findConnector(SiteWorld.CONNECTOR)).isPresent();
    }

    @Test
    void wrongCredentialsStopTheRunAndAreNotShown() {
        HttpsMerge1Site wrong = world.siteBuilder()
                .user("canary-user", Secret.of("canary-password"))
                .build();

        assertThatThrownBy(() -> wrong.findConnector(SiteWorld.CONNECTOR))
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.STOP))
                .hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"DROPPED", "TRUNCATED", "UNAVAILABLE", "HTML", "HTML_NOT_FOUND", "GZIP_BOMB"})
    void aListThatCannotBeTrustedIsTriedAgainLater(Kind kind) throws Exception {
        goWrong(kind, "/items?");

        assertThatThrownBy(() -> site.itemsAfter(connector, "", null, 2))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(Merge1ItemException.class)
                .hasMessageNotContaining("canary");
        assertThat(site.itemsAfter(connector, "", null, 2).items()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "DROPPED, false",
        "TRUNCATED, false",
        "UNAVAILABLE, false",
        "HTML, false",
        "HTML_NOT_FOUND, false",
        "GZIP_BOMB, false",
        "SHORT_RANGE, false",
        "WRONG_DIGEST, false",
        "WRONG_LENGTH, true",
        "CONTENT_GONE, true"
    })
    void bytesThatCannotBeTrustedAreRefused(Kind kind, boolean aboutTheItem) throws Exception {
        Merge1Item item = site.item(connector, "item 1").orElseThrow();
        goWrong(kind, "/content");

        Throwable refusal = catchThrowable(() -> site.open(connector, item, 0));

        assertThat(refusal).isInstanceOf(IOException.class).hasMessageNotContaining("item 1");
        assertThat(refusal instanceof Merge1ItemException).isEqualTo(aboutTheItem);
        assertThat(site.open(connector, item, 0).readAllBytes()).hasSize((int) item.size());
    }

    @Test
    void aChangedItemIsNotReadAsWhatItWas() throws Exception {
        Merge1Item item = site.item(connector, "item 1").orElseThrow();
        world.connector.change("item 1", SiteWorld.eml("another"));

        assertThatThrownBy(() -> site.open(connector, item, 0)).isInstanceOf(Merge1ItemException.class);
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "0, 1", "999999999, 3600", "'Mon, 23 Nov 2026 02:01:03 GMT', 60"})
    void busySitesAreAskedAgainWhenTheySay(String retryAfter, long seconds) {
        world.once(new Merge1Fault(Kind.THROTTLED, retryAfter), path -> true);

        assertThatThrownBy(() -> site.itemsAfter(connector, "", null, 2))
                .isInstanceOfSatisfying(ArchiveException.class, e -> {
                    assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.RETRY);
                    assertThat(e.notBefore()).contains(world.clock.instant().plusSeconds(seconds));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1"})
    void aBusySiteThatSaysNothingSensibleIsAskedAgainWhenThePolicySays(String retryAfter) {
        world.once(new Merge1Fault(Kind.UNAVAILABLE, retryAfter), path -> true);

        assertThatThrownBy(() -> site.itemsAfter(connector, "", null, 2)).isInstanceOf(IOException.class);
    }

    @Test
    void anAnswerThatDribblesEndsAtTheDeadline() {
        HttpsMerge1Site impatient =
                world.siteBuilder().deadline(Duration.ofMillis(700)).build();
        world.once(Merge1Fault.of(Kind.DRIBBLED), path -> path.contains("/items?"));

        assertThatThrownBy(() -> impatient.itemsAfter(connector, "", null, 2))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("PT0.7S");
    }

    @Test
    void closingEndsACallThatIsUnderWay() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        world.simulator.faults((method, path, range) -> {
            asked.countDown();
            return Merge1Fault.of(Kind.DRIBBLED);
        });
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Throwable> failure =
                    thread.submit(() -> catchThrowable(() -> site.itemsAfter(connector, "", null, 2)));
            asked.await();
            site.close();
            assertThat(failure.get()).isInstanceOf(IOException.class).hasMessageContaining("closed");
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void redirectsWithinTheSiteAreFollowed() throws Exception {
        String elsewhere = "/connectors/" + connector.id() + "/items?limit=1";
        world.once(new Merge1Fault(Kind.REDIRECTED, elsewhere), path -> path.contains("limit=2"));

        assertThat(site.itemsAfter(connector, "", null, 2).items()).hasSize(1);
    }

    @Test
    void fourRedirectsAreOneTooMany() {
        String same = "/connectors/" + connector.id() + "/items?limit=2";
        world.times(4, new Merge1Fault(Kind.REDIRECTED, same), path -> path.contains("limit=2"));

        assertThatThrownBy(() -> site.itemsAfter(connector, "", null, 2)).isInstanceOf(IOException.class);
    }

    @Test
    void noRequestAndNoCredentialReachesAnotherHost() throws Exception {
        try (SiteWorld other = new SiteWorld(tls, folder.resolve("other"))) {
            String host = other.simulator.root().toString();
            for (String location : List.of(
                    host + "/x",
                    "http://localhost:" + world.simulator.root().getPort() + "/x",
                    "https://127.0.0.1:" + world.simulator.root().getPort() + "/x",
                    "https://169.254.169.254/latest/meta-data",
                    "https://user:canary@localhost:" + world.simulator.root().getPort() + "/x",
                    "//localhost:" + other.simulator.root().getPort() + "/x",
                    "file:///etc/passwd",
                    "https://[broken",
                    "")) {
                world.once(new Merge1Fault(Kind.REDIRECTED, location), path -> path.contains("/items?"));
                assertThatThrownBy(() -> site.itemsAfter(connector, "", null, 2))
                        .as(location)
                        .isInstanceOf(IOException.class)
                        .hasMessageNotContaining("canary");
                if (!location.isEmpty()) {
                    world.once(new Merge1Fault(Kind.FOREIGN_LINKS, location), path -> path.contains("/items?"));
                    Merge1Item item =
                            site.itemsAfter(connector, "", null, 2).items().get(0);
                    assertThatThrownBy(() -> site.open(connector, item, 0))
                            .as(location)
                            .isInstanceOf(Merge1ItemException.class);
                }
            }
            assertThat(other.simulator.exchanges()).isEmpty();
        }
        assertThat(world.simulator.exchanges().stream().map(Merge1Exchange::path))
                .noneMatch(path -> path.equals("/x"));
    }

    @Test
    void aForgottenCursorStopsTheRun() {
        assertThatThrownBy(() -> site.itemsAfter(connector, "nonsense", null, 2))
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.STOP));
    }

    @Test
    void aClockThatIsWrongIsReportedAndTolerated() throws Exception {
        HttpsMerge1Site ahead = world.siteBuilder()
                .clock(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(10)))
                .build();
        HttpsMerge1Site right = world.siteBuilder().clock(Clock.systemUTC()).build();

        assertThat(ahead.check()).anyMatch(check -> check.status() == Check.Status.FAIL);
        assertThat(ahead.itemsAfter(connector, "", null, 2).items()).hasSize(2);
        assertThat(right.check()).allMatch(check -> check.status() == Check.Status.PASS);
    }

    @Test
    void everyProblemOfTheOptionsIsNamedAtOnce() {
        assertThatThrownBy(() -> HttpsMerge1Site.builder(URI.create("http://user@host/?q#f"))
                        .deadline(Duration.ZERO)
                        .maxListBytes(1)
                        .rangeBytes(0)
                        .httpClient(HttpClient.newBuilder()
                                .followRedirects(HttpClient.Redirect.NORMAL)
                                .build())
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "https",
                        "credentials",
                        "query",
                        "user(...)",
                        "deadline",
                        "maxListBytes",
                        "rangeBytes",
                        "redirects");
    }

    @Test
    void toStringShowsTheHostAndNoSecret() {
        assertThat(site).hasToString("HttpsMerge1Site[localhost]");
    }

    /** A dropped connection twice: the JDK's client itself asks again when it finds a pooled one closed. */
    private void goWrong(Kind kind, String path) {
        world.times(kind == Kind.DROPPED ? 2 : 1, Merge1Fault.of(kind), target -> target.contains(path));
    }

    private List<Integer> statuses() {
        return world.simulator.exchanges().stream().map(Merge1Exchange::status).toList();
    }
}
