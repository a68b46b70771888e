// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphSimulatorTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final String MESSAGES = "/v1.0/users/ann@contoso.example/messages";
    private static final String INBOX = "/v1.0/users/ann@contoso.example/mailFolders/inbox";
    private static final String KEY = "String {0f3f5a3e-2f5d-4c1b-9a76-6f2f7f0a9c11} Name ArchiveKey";

    @TempDir
    static Path folder;

    private static LoopbackTls tls;

    private final ManualClock clock = new ManualClock(NOW);
    private final ObjectMapper json = new ObjectMapper();
    private GraphSimulator graph;
    private SimulatedMailbox ann;
    private HttpClient http;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = LoopbackTls.create(folder);
    }

    @BeforeEach
    void start() throws IOException {
        graph = GraphSimulator.start(tls, clock, 3);
        ann = graph.add(SimulatedUser.of("id-ann", "ann@contoso.example").withAliases("lee@contoso.example"));
        http = HttpClient.newBuilder().sslContext(tls.context()).build();
    }

    @AfterEach
    void stop() {
        graph.close();
    }

    @Test
    void aMessageIsADraftOfNowUnlessItsPropertiesSayOtherwise() throws Exception {
        JsonNode draft = ok(
                201,
                post(MESSAGES, "{\"subject\":\"a\",\"isDraft\":false,\"receivedDateTime\":\"2020-01-01T00:00:00Z\"}"));
        JsonNode message = ok(201, post(MESSAGES, """
                {"subject":"b","singleValueExtendedProperties":[
                 {"id":"Integer 0x0E07","value":"1"},
                 {"id":"SystemTime 0x0E06","value":"2020-01-02T03:04:05Z"},
                 {"id":"SystemTime 0x0039","value":"2020-01-02T03:04:00Z"}]}"""));

        assertThat(draft.path("isDraft").asBoolean()).isTrue();
        assertThat(draft.path("receivedDateTime").asText()).isEqualTo("2026-03-01T08:00:00Z");
        assertThat(message.path("isDraft").asBoolean()).isFalse();
        assertThat(message.path("isRead").asBoolean()).isTrue();
        assertThat(message.path("receivedDateTime").asText()).isEqualTo("2020-01-02T03:04:05Z");
        assertThat(message.path("sentDateTime").asText()).isEqualTo("2020-01-02T03:04:00Z");
    }

    @Test
    void aDraftStaysOneWhateverIsPatchedLater() throws Exception {
        String id = ok(201, post(MESSAGES, "{\"subject\":\"a\"}")).path("id").asText();

        JsonNode patched = ok(200, send("PATCH", MESSAGES + "/" + id, """
                {"isDraft":false,"singleValueExtendedProperties":[{"id":"Integer 0x0E07","value":"1"}]}"""));

        assertThat(patched.path("isDraft").asBoolean()).isTrue();
    }

    @Test
    void headersAreAtMostFiveAndStartWithX() throws Exception {
        String six = "{\"name\":\"x-a\",\"value\":\"1\"},".repeat(6);
        String none = "{\"internetMessageHeaders\":[]}";
        String other = "{\"internetMessageHeaders\":[{\"name\":\"Received\",\"value\":\"1\"}]}";

        refused(400, "InvalidInternetMessageHeaderCollection", post(MESSAGES, none));
        refused(
                400,
                "InvalidInternetMessageHeaderCollection",
                post(MESSAGES, "{\"internetMessageHeaders\":[" + six.substring(0, six.length() - 1) + "]}"));
        refused(400, "InvalidInternetMessageHeader", post(MESSAGES, other));
    }

    @Test
    void namedPropertiesRunOut() throws Exception {
        for (int i = 0; i < 3; i++) {
            ok(201, post(MESSAGES, keyed("k" + i, KEY + i)));
        }

        ok(201, post(MESSAGES, keyed("again", KEY + 0)));
        refused(403, "ErrorQuotaExceeded", post(MESSAGES, keyed("k3", KEY + 3)));
        assertThat(ann.namedProperties()).hasSize(3);
    }

    @Test
    void aMessageIsFoundByItsMessageIdAndByItsKeyWhoseValueIgnoresCase() throws Exception {
        ok(
                201,
                post(
                        MESSAGES,
                        "{\"internetMessageId\":\"<a@b.example>\","
                                + keyed("abc", KEY).substring(1)));

        assertThat(found("internetMessageId eq '<a@b.example>'")).isEqualTo(1);
        assertThat(found("internetMessageId eq '<A@b.example>'")).isZero();
        assertThat(found("singleValueExtendedProperties/Any(ep: ep/id eq '" + KEY + "' and ep/value eq 'ABC')"))
                .isEqualTo(1);
        assertThat(found("singleValueExtendedProperties/Any(ep: ep/id eq '" + KEY.replace("Key", "key")
                        + "' and ep/value eq 'abc')"))
                .isZero();
    }

    @Test
    void anIdOfOneSpaceIsNotFoundInTheOther() throws Exception {
        String id = ok(201, post(MESSAGES, "{\"subject\":\"a\"}")).path("id").asText();
        HttpRequest immutable = request(MESSAGES + "/" + id)
                .header("Prefer", "IdType=\"ImmutableId\"")
                .GET()
                .build();

        assertThat(http.send(immutable, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aFolderIsMadeOnceAndFoundWhateverTheCase() throws Exception {
        ok(201, post(INBOX + "/childFolders", "{\"displayName\":\"CellTrust\"}"));

        refused(409, "ErrorFolderExists", post(INBOX + "/childFolders", "{\"displayName\":\"celltrust\"}"));
        JsonNode found = ok(200, get(INBOX + "/childFolders?$filter=" + encode("displayName eq 'CELLTRUST'")));
        assertThat(found.path("value")).hasSize(1);
    }

    @Test
    void foldersComeInPagesOfTen() throws Exception {
        for (int i = 0; i < 11; i++) {
            ok(201, post(INBOX + "/childFolders", "{\"displayName\":\"f" + i + "\"}"));
        }

        JsonNode first = ok(200, get(INBOX + "/childFolders"));
        String next = first.path("@odata.nextLink").asText();
        JsonNode second = ok(200, get(next.substring(graph.root().toString().length())));

        assertThat(first.path("value")).hasSize(10);
        assertThat(second.path("value")).hasSize(1);
        assertThat(second.has("@odata.nextLink")).isFalse();
    }

    @Test
    void aLargeAttachmentComesInChunksInOrder() throws Exception {
        byte[] bytes = new byte[5_000_000];
        Arrays.fill(bytes, (byte) 7);
        String id = ok(201, post(MESSAGES, "{\"subject\":\"a\"}")).path("id").asText();
        String open = MESSAGES + "/" + id + "/attachments/createUploadSession";
        refused(400, "ErrorAttachmentSizeShouldNotBeLessThanMinimumSize", post(open, item(2_999_999)));
        URI upload = URI.create(
                ok(201, post(open, item(bytes.length))).path("uploadUrl").asText());

        assertThat(put(upload, bytes, 4_000_000, 5_000_000).statusCode()).isEqualTo(416);
        HttpResponse<String> first = put(upload, bytes, 0, 4_000_000);
        HttpResponse<String> last = put(upload, bytes, 4_000_000, 5_000_000);

        assertThat(json.readTree(first.body()).path("nextExpectedRanges").get(0).asText())
                .isEqualTo("4000000");
        assertThat(last.statusCode()).isEqualTo(201);
        assertThat(ann.messages().get(0).attachments())
                .singleElement()
                .satisfies(a -> assertThat(a.sha256()).isEqualTo(Hashes.sha256(bytes)));
    }

    @Test
    void aTokenIsNeededAndOnAnUploadAddressItIsAProblem() throws Exception {
        HttpRequest without =
                HttpRequest.newBuilder(graph.root().resolve(MESSAGES)).build();

        assertThat(http.send(without, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
        get("/upload/session-1");
        assertThat(graph.unexpected()).containsExactly("a bearer token was sent to an upload address");
    }

    @Test
    void routesAndPropertiesThatGraphDoesNotKnowAreProblems() throws Exception {
        get("/v1.0/me/events");
        post(MESSAGES, "{\"subject\":\"a\",\"colour\":\"red\",\"body\":{\"text\":\"x\"}}");

        assertThat(graph.unexpected())
                .containsExactly(
                        "unknown route v1.0 GET me/events",
                        "unknown property 'colour' in message",
                        "unknown property 'text' in itemBody");
    }

    @Test
    void answersAreLostBothWays() throws Exception {
        graph.faults(seen -> GraphFault.of(GraphFault.Kind.DONE_THEN_504));
        assertThat(post(MESSAGES, "{\"subject\":\"a\"}").statusCode()).isEqualTo(504);
        graph.faults(seen -> GraphFault.of(GraphFault.Kind.DONE_THEN_CLOSED));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> post(MESSAGES, "{\"subject\":\"b\"}"));
        graph.faults(seen -> GraphFault.of(GraphFault.Kind.UNAVAILABLE));
        assertThat(post(MESSAGES, "{\"subject\":\"c\"}").statusCode()).isEqualTo(503);

        assertThat(ann.messages())
                .extracting(m -> m.json().path("subject").asText())
                .containsExactly("a", "b");
    }

    @Test
    void whatIsAppliedLateIsThereWhenItsTimeHasCome() throws Exception {
        graph.faults(seen -> GraphFault.appliedLate(Duration.ofSeconds(30)));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> post(MESSAGES, "{\"subject\":\"a\"}"));
        graph.faults(GraphFaults.none());

        assertThat(found("internetMessageId eq 'x'")).isZero();
        assertThat(ann.messages()).isEmpty();
        clock.advance(Duration.ofSeconds(30));
        graph.applyDue();
        assertThat(ann.messages()).hasSize(1);
        assertThat(graph.hasLate()).isFalse();
    }

    @Test
    void seededFaultsAreTheSameWithTheSameSeedAndEndAfterAWhile() {
        GraphRequestSeen request = new GraphRequestSeen("POST", "/users/a/messages", "", 7);
        GraphFaults one = GraphFaults.seeded(42, 1, Duration.ofSeconds(1));
        GraphFaults other = GraphFaults.seeded(42, 1, Duration.ofSeconds(1));

        for (int i = 0; i < 3; i++) {
            GraphFault fault = one.next(request);
            assertThat(fault).isEqualTo(other.next(request)).isNotEqualTo(GraphFault.NONE);
        }
        assertThat(one.next(request)).isEqualTo(GraphFault.NONE);
    }

    @Test
    void aMessageFromMimeIsADraftAndBareLineFeedsAreRefused() throws Exception {
        JsonNode draft = ok(201, mime("Subject: a\r\n\r\nb\r\n"));

        assertThat(draft.path("isDraft").asBoolean()).isTrue();
        refused(400, "UnableToDeserializePostBody", mime("Subject: a\n\nb\n"));
    }

    @Test
    void usersAreFoundByWhatTheyHaveAndMembersOnlyTheAdvancedWay() throws Exception {
        graph.group("g", List.of("id-ann"));

        JsonNode byAlias =
                ok(200, get("/v1.0/users?$filter=" + encode("proxyAddresses/any(p:p eq 'smtp:LEE@contoso.example')")));
        assertThat(byAlias.path("value").get(0).path("id").asText()).isEqualTo("id-ann");
        refused(
                400,
                "Request_UnsupportedQuery",
                get("/v1.0/groups/g/transitiveMembers/microsoft.graph.user?$select=id"));
    }

    private static String keyed(String key, String property) {
        return "{\"singleValueExtendedProperties\":[{\"id\":\"" + property + "\",\"value\":\"" + key + "\"}]}";
    }

    private static String item(long size) {
        return "{\"AttachmentItem\":{\"attachmentType\":\"file\",\"name\":\"v.mp4\",\"size\":" + size + "}}";
    }

    private int found(String filter) throws Exception {
        return ok(200, get(MESSAGES + "?$filter=" + encode(filter)))
                .path("value")
                .size();
    }

    private HttpResponse<String> mime(String text) throws Exception {
        String base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
        HttpRequest request = request(MESSAGES)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(base64))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> put(URI upload, byte[] bytes, int from, int to) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(upload)
                .header("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + bytes.length)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes, from, to - from))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send("POST", path, body);
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(graph.root() + path))
                .header("Authorization", "Bearer " + graph.newToken());
    }

    private JsonNode ok(int status, HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return json.readTree(response.body());
    }

    private void refused(int status, String code, HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json.readTree(response.body()).path("error").path("code").asText())
                .isEqualTo(code);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
