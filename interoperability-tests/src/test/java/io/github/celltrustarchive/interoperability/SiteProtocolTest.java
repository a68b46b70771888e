// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.interoperability;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import io.github.celltrustarchive.merge1.HttpsMerge1Site;
import io.github.celltrustarchive.merge1.Merge1SiteSource;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.spi.SourcePage;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.ManualClock;
import io.github.celltrustarchive.testkit.merge1.Merge1Exchange;
import io.github.celltrustarchive.testkit.merge1.Merge1Fault;
import io.github.celltrustarchive.testkit.merge1.Merge1Fault.Kind;
import io.github.celltrustarchive.testkit.merge1.Merge1Simulator;
import io.github.celltrustarchive.testkit.merge1.SimulatedConnector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Atlassian's OpenAPI validator holds our client's requests and the simulator's answers to {@code docs/merge1-site.yaml}, as
 * they went over the wire.
 */
class SiteProtocolTest {

    private static final OpenApiInteractionValidator VALIDATOR = validator();

    @TempDir
    static Path folder;

    private static List<Merge1Exchange> run;

    @BeforeAll
    static void readASite() throws Exception {
        run = representativeRun();
    }

    @Test
    void everyRequestAndAnswerKeepsTheProtocol() {
        Map<String, List<String>> complaints = new HashMap<>();
        for (Merge1Exchange exchange : run) {
            List<String> about = new ArrayList<>(messages(VALIDATOR.validateRequest(request(exchange))));
            about.addAll(messages(answer(exchange, bytes(exchange.responseBody()), exchange.responseHeaders())));
            if (!about.isEmpty()) {
                complaints.put(exchange.toString(), about);
            }
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void theRunUsesEveryOperationAndMeetsErrors() {
        Set<String> seen = new TreeSet<>();
        for (Merge1Exchange e : run) {
            seen.add(e.method() + " " + e.path().replaceAll("connector-[0-9]+|item%20[0-9]+|gone", "*") + " "
                    + e.status());
        }
        assertThat(seen)
                .contains(
                        "POST /oauth2/token 200",
                        "GET /connectors 200",
                        "GET /connectors/*/items 200",
                        "GET /connectors/*/items 401",
                        "GET /connectors/*/items 429",
                        "GET /connectors/*/items/* 404",
                        "GET /connectors/*/items/* 200",
                        "GET /connectors/*/items/*/content 206",
                        "GET /connectors/*/items/*/content 200",
                        "GET /connectors/*/items/*/content 404",
                        "POST /connectors/*/acknowledgements 204");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"more\":        | \"anymore\":",
                "\"size\":        | \"size\":-",
                "\"storedAt\":\"2026 | \"storedAt\":\"in 2026",
                "\"sha256\":\"    | \"sha256\":\"X",
                "\"items\":[      | \"items\":[17,"
            })
    void aWrongAnswerIsFoundOut(String right, String wrong) {
        Merge1Exchange list = run.stream()
                .filter(e -> e.path().endsWith("/items") && e.status() == 200)
                .filter(e -> body(e).contains("\"size\":"))
                .findFirst()
                .orElseThrow();
        String changed = body(list).replace(right.strip(), wrong.strip());

        assertThat(changed).isNotEqualTo(body(list));
        assertThat(messages(answer(list, changed.getBytes(StandardCharsets.UTF_8), list.responseHeaders())))
                .isNotEmpty();
    }

    @Test
    void anAnswerWithoutItsDigestIsFoundOut() {
        Merge1Exchange content =
                run.stream().filter(e -> e.status() == 206).findFirst().orElseThrow();
        Map<String, List<String>> headers = new HashMap<>(content.responseHeaders());
        assertThat(headers.keySet().removeIf(name -> name.equalsIgnoreCase("Content-Digest")))
                .isTrue();

        assertThat(messages(answer(content, bytes(content.responseBody()), headers)))
                .isNotEmpty();
    }

    @Test
    void aWrongRequestIsFoundOut() {
        SimpleRequest withoutLimit = SimpleRequest.Builder.get("/connectors/c/items")
                .withHeader("Authorization", "Bearer token")
                .build();
        SimpleRequest withoutToken = SimpleRequest.Builder.get("/connectors/c/items")
                .withQueryParam("limit", "1")
                .build();

        assertThat(messages(VALIDATOR.validateRequest(withoutLimit))).isNotEmpty();
        assertThat(messages(VALIDATOR.validateRequest(withoutToken))).isNotEmpty();
    }

    /** Everything that a client does: sign in, find, list, look again, fetch in ranges, resume, acknowledge, be refused. */
    private static List<Merge1Exchange> representativeRun() throws Exception {
        ManualClock clock = new ManualClock(Instant.parse("2026-11-23T02:00:00Z"));
        LoopbackTls tls = LoopbackTls.create(folder);
        try (Merge1Simulator simulator = Merge1Simulator.start(tls);
                Merge1SiteSource source = source(simulator, tls, clock)) {
            SimulatedConnector connector = simulator.connector("CellTrust daily");
            for (int i = 1; i <= 7; i++) {
                connector.add("item " + i, eml("item " + i), clock.instant());
            }
            Checkpoint reached = readOn(source, Checkpoint.START);
            source.acknowledge(reached);
            simulator.expireTokens();
            readOn(source, reached);
            clock.advance(Duration.ofHours(3));
            connector.addLate("item 8", eml("item 8"), clock.instant().minus(Duration.ofHours(4)));
            connector.add("gone", eml("gone"), clock.instant());
            simulator.faults((method, path, range) -> {
                if (path.endsWith("/gone/content")) {
                    connector.remove("gone");
                }
                if (path.contains("item%208/content") && range.startsWith("bytes=64-")) {
                    change(connector);
                }
                return Merge1Fault.NONE;
            });
            readOn(source, reached);
            simulator.faults((method, path, range) -> new Merge1Fault(Kind.THROTTLED, "7"));
            try {
                readOn(source, reached);
            } catch (RuntimeException e) {
                // it asks to wait
            }
            assertThat(simulator.problems()).isEmpty();
            return simulator.exchanges();
        }
    }

    private static void change(SimulatedConnector connector) {
        try {
            connector.change("item 8", eml("item 8, corrected"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Merge1SiteSource source(Merge1Simulator simulator, LoopbackTls tls, ManualClock clock) {
        HttpsMerge1Site site = HttpsMerge1Site.builder(simulator.root())
                .user(Merge1Simulator.NAME, Secret.of(Merge1Simulator.SECRET))
                .httpClient(HttpClient.newBuilder()
                        .sslContext(tls.context())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build())
                .rangeBytes(64)
                .clock(clock)
                .build();
        return Merge1SiteSource.builder(site, "CellTrust daily", folder.resolve("downloads"), record -> {
                    throw new IllegalStateException("nothing is parsed here");
                })
                .clock(clock)
                .build();
    }

    private static Content eml(String id) {
        return Content.ofUtf8("Subject: " + id + "\r\n\r\n" + "body ".repeat(30) + "\r\n");
    }

    private static Checkpoint readOn(Merge1SiteSource source, Checkpoint from) throws Exception {
        Checkpoint after = from;
        for (boolean more = true; more; ) {
            try (SourcePage page = source.read(after, 3)) {
                more = page.more();
                after = page.next();
            }
        }
        return after;
    }

    private static OpenApiInteractionValidator validator() {
        try {
            String yaml = Files.readString(Path.of("..", "docs", "merge1-site.yaml"));
            return OpenApiInteractionValidator.createForInlineApiSpecification(yaml)
                    .withLevelResolver(
                            LevelResolver.create().withDefaultLevel(Level.ERROR).build())
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException("the tests run in their module's folder", e);
        }
    }

    private static SimpleRequest request(Merge1Exchange exchange) {
        SimpleRequest.Builder request = new SimpleRequest.Builder(exchange.method(), exchange.path());
        for (String pair :
                exchange.query().isEmpty() ? new String[0] : exchange.query().split("&")) {
            int at = pair.indexOf('=');
            request.withQueryParam(
                    pair.substring(0, at), URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
        }
        exchange.requestHeaders().forEach(request::withHeader);
        if (exchange.requestBody().size() > 0) {
            request.withBody(bytes(exchange.requestBody()));
        }
        return request.build();
    }

    private static ValidationReport answer(Merge1Exchange exchange, byte[] body, Map<String, List<String>> headers) {
        SimpleResponse.Builder response = SimpleResponse.Builder.status(exchange.status());
        headers.forEach(response::withHeader);
        if (body.length > 0) {
            response.withBody(body);
        }
        return VALIDATOR.validateResponse(exchange.path(), Method.valueOf(exchange.method()), response.build());
    }

    private static List<String> messages(ValidationReport report) {
        return report.getMessages().stream()
                .filter(message -> message.getLevel() == Level.ERROR)
                .map(message -> message.getKey() + ": " + message.getMessage())
                .toList();
    }

    private static byte[] bytes(Content content) {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String body(Merge1Exchange exchange) {
        return new String(bytes(exchange.responseBody()), StandardCharsets.UTF_8);
    }
}
