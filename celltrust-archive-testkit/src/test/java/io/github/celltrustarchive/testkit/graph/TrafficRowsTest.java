// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row by row what {@code docs/graph-simulator.md} says of attachments, limits, faults, transfer and batches. */
class TrafficRowsTest extends SimulatorRig {

    private static final int CHUNK = 3_932_160;

    @Test
    void F11_smallAttachmentsAreListedReadAndDeleted() throws Exception {
        String attachments = MESSAGES + "/" + newMessage() + "/attachments";
        String id = ok(201, post(attachments, file("p.png", new byte[] {1, 2, 3})))
                .path("id")
                .asText();

        JsonNode listed =
                ok(200, get(attachments + "?$select=name,size")).path("value").get(0);
        assertThat(listed.path("name").asText()).isEqualTo("p.png");
        assertThat(listed.path("size").asLong()).isGreaterThan(3);
        assertThat(listed.has("contentBytes")).isFalse();
        assertThat(ok(200, get(attachments + "/" + id)).path("contentBytes").binaryValue())
                .containsExactly(1, 2, 3);
        HttpResponse<byte[]> value =
                http.send(request(attachments + "/" + id + "/$value").build(), BodyHandlers.ofByteArray());
        assertThat(value.body()).containsExactly(1, 2, 3);
        assertThat(value.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(send(request(attachments + "/" + id).DELETE()).statusCode()).isEqualTo(204);
        assertThat(ok(200, get(attachments)).path("value")).isEmpty();
    }

    @Test
    void F11_oneRequestTakesLessThanThreeMegabytesAndASessionNoLess() throws Exception {
        String id = newMessage();

        assertThat(post(MESSAGES + "/" + id + "/attachments", file("p.png", new byte[3 * 1024 * 1024]))
                        .statusCode())
                .isEqualTo(413);
        String item = "{\"AttachmentItem\":{\"attachmentType\":\"file\",\"name\":\"v.mp4\",\"size\":2999999}}";
        refused(
                400,
                "ErrorAttachmentSizeShouldNotBeLessThanMinimumSize",
                post(MESSAGES + "/" + id + "/attachments/createUploadSession", item));
    }

    @Test
    void F11_aSessionTakesChunksInOrderAndTellsWhereItIs() throws Exception {
        byte[] bytes = new byte[5_000_000];
        Arrays.fill(bytes, (byte) 7);
        String upload = openUpload(newMessage(), bytes.length);

        assertThat(put(upload, bytes, CHUNK, bytes.length).statusCode()).isEqualTo(416);
        JsonNode first = ok(200, put(upload, bytes, 0, CHUNK));
        assertThat(first.path("nextExpectedRanges").get(0).asText()).isEqualTo(Integer.toString(CHUNK));
        assertThat(put(upload, bytes, 0, CHUNK).statusCode()).isEqualTo(416);
        assertThat(ok(200, send(HttpRequest.newBuilder(URI.create(upload))))
                        .path("nextExpectedRanges")
                        .get(0)
                        .asText())
                .isEqualTo(Integer.toString(CHUNK));
        HttpResponse<String> last = put(upload, bytes, CHUNK, bytes.length);

        assertThat(last.statusCode()).isEqualTo(201);
        assertThat(last.headers().firstValue("Location").orElseThrow().split("'", -1))
                .hasSize(7);
        SimulatedMessage message = ann.messages().get(0);
        assertThat(message.attachments()).singleElement().satisfies(one -> {
            assertThat(one.sha256()).isEqualTo(Hashes.sha256(bytes));
            assertThat(message.content(one.id())).isEqualTo(bytes);
        });
        refused(404, "ErrorItemNotFound", put(upload, bytes, 0, CHUNK));
    }

    @Test
    void F11_aSessionEndsAfterItsTimeOrWhenItIsCancelled() throws Exception {
        String message = newMessage();
        String late = openUpload(message, 4_000_000);
        String cancelled = openUpload(message, 4_000_000);
        HttpRequest.Builder delete =
                HttpRequest.newBuilder(URI.create(cancelled)).DELETE();

        assertThat(send(delete).statusCode()).isEqualTo(204);
        assertThat(send(delete).statusCode()).isEqualTo(404);
        clock.advance(Duration.ofHours(1));
        assertThat(put(late, new byte[4_000_000], 0, CHUNK).statusCode()).isEqualTo(404);
    }

    @Test
    void F11_aMessageIsNoLargerThanItsMailboxAllows() throws Exception {
        start(options().messageLimit(7_000_000));
        String id = newMessage();
        String upload = openUpload(id, 4_000_000);
        byte[] bytes = new byte[4_000_000];
        put(upload, bytes, 0, CHUNK);
        put(upload, bytes, CHUNK, bytes.length);

        refused(
                413,
                "ErrorMessageSizeExceeded",
                post(
                        MESSAGES + "/" + id + "/attachments/createUploadSession",
                        "{\"AttachmentItem\":{\"attachmentType\":\"file\",\"name\":\"v.mp4\",\"size\":4000000}}"));
    }

    @Test
    void F13_requestsInAWindowAreCountedOnTheClockAndRefusedOnesToo() throws Exception {
        start(options().throttling(GraphThrottling.ofDefaults().withRequests(2, Duration.ofSeconds(10))));
        ok(200, get(MESSAGES));
        clock.advance(Duration.ofSeconds(4));
        ok(200, get(MESSAGES));

        HttpResponse<String> third = get(MESSAGES);
        refused(429, "ApplicationThrottled", third);
        assertThat(third.headers().firstValue("Retry-After")).hasValue("6");
        clock.advance(Duration.ofSeconds(6));
        refused(429, "ApplicationThrottled", get(MESSAGES));
        clock.advance(Duration.ofSeconds(10));
        ok(200, get(MESSAGES));
        assertThat(ann.throttled()).isEqualTo(2).isEqualTo(graph.throttled());
        assertThat(ann.requests()).isEqualTo(5);
    }

    @Test
    void F13_uploadedBytesInAWindowAreCounted() throws Exception {
        start(options().throttling(GraphThrottling.ofDefaults().withUploadBytes(5_000_000, Duration.ofMinutes(5))));
        byte[] bytes = new byte[6_000_000];
        String upload = openUpload(newMessage(), bytes.length);
        ok(200, put(upload, bytes, 0, CHUNK));

        refused(429, "ApplicationThrottled", put(upload, bytes, CHUNK, bytes.length));
        clock.advance(Duration.ofMinutes(6));
        assertThat(put(upload, bytes, CHUNK, bytes.length).statusCode()).isEqualTo(201);
    }

    @Test
    @Timeout(60)
    void F13_aFifthRequestAtOnceIsRefused() throws Exception {
        graph.close();
        start(GraphSimulator.builder(tls).clock(clock));
        graph.faults(seen -> GraphFault.delayed(Duration.ofMillis(700)));
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            asked.add(http.sendAsync(request(MESSAGES).build(), BodyHandlers.ofString()));
        }
        List<Integer> statuses =
                asked.stream().map(answer -> answer.join().statusCode()).toList();

        assertThat(statuses).contains(200, 429);
        assertThat(ann.mostInFlight()).isGreaterThan(4);
        assertThat(ann.throttled())
                .isEqualTo(statuses.stream().filter(s -> s == 429).count());
    }

    @Test
    void F14_everyKindOfFaultDoesWhatItsNameSays() throws Exception {
        assertThat(fault(GraphFault.of(GraphFault.Kind.DONE_THEN_504))).isEqualTo(504);
        assertThat(fault(GraphFault.of(GraphFault.Kind.DONE_THEN_CLOSED))).isZero();
        assertThat(fault(GraphFault.delayed(Duration.ofSeconds(9)))).isEqualTo(201);
        assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(9));
        assertThat(ann.messages()).hasSize(3);
        assertThat(fault(GraphFault.of(GraphFault.Kind.CLOSED))).isZero();
        assertThat(fault(GraphFault.unavailable("7"))).isEqualTo(503);
        assertThat(fault(GraphFault.throttled(""))).isEqualTo(429);
        assertThat(fault(GraphFault.of(GraphFault.Kind.NOT_FOUND_YET))).isEqualTo(404);
        assertThat(fault(GraphFault.of(GraphFault.Kind.EMPTY_SUCCESS))).isEqualTo(200);
        assertThat(fault(GraphFault.of(GraphFault.Kind.TOKEN_REFUSED))).isEqualTo(401);
        assertThat(ann.messages()).hasSize(3);
        assertThat(fault(GraphFault.appliedLate(Duration.ofSeconds(30)))).isZero();
        assertThat(ann.messages()).hasSize(3);
        assertThat(graph.hasLate()).isTrue();
        clock.advance(Duration.ofSeconds(30));

        assertThat(ann.messages()).hasSize(4);
        assertThat(graph.hasLate()).isFalse();
        assertThat(graph.faultCounts().keySet()).isEqualTo(EnumSet.complementOf(EnumSet.of(GraphFault.Kind.NONE)));
    }

    @Test
    @Timeout(60)
    void F14_onAClockThatRunsLateEffectsNeedNobodyToLook() throws Exception {
        start(GraphSimulator.builder(tls).clock(Clock.systemUTC()));
        fault(GraphFault.appliedLate(Duration.ofMillis(100)));

        while (ann.allMessages().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(ann.messages()).hasSize(1);
    }

    @Test
    void F14_aRefusedRequestIsNotAppliedLate() throws Exception {
        graph.expireTokens();

        assertThat(fault(GraphFault.appliedLate(Duration.ofSeconds(1)))).isEqualTo(401);
        assertThat(graph.hasLate()).isFalse();
    }

    @Test
    void F14_chunksOfUploadsGoWrongToo() throws Exception {
        byte[] bytes = new byte[4_000_000];
        String upload = openUpload(newMessage(), bytes.length);
        graph.faults(seen -> seen.upload() ? GraphFault.of(GraphFault.Kind.DONE_THEN_504) : GraphFault.NONE);

        assertThat(put(upload, bytes, 0, CHUNK).statusCode()).isEqualTo(504);
        graph.faults(GraphFaults.none());
        assertThat(put(upload, bytes, CHUNK, bytes.length).statusCode()).isEqualTo(201);
    }

    @Test
    void F14_seededFaultsAreOfAllKindsWithRetryAfterInAllForms() {
        GraphFaults seeded = GraphFaults.seeded(1, 1, Duration.ofSeconds(1));
        Set<GraphFault.Kind> kinds = EnumSet.noneOf(GraphFault.Kind.class);
        Set<String> waits = new TreeSet<>();
        for (int i = 0; i < 2_000; i++) {
            GraphFault fault = seeded.next(new GraphRequestSeen("POST", "/users/a/messages/1/attachments", "", i));
            kinds.add(fault.kind());
            if (fault.kind() == GraphFault.Kind.UNAVAILABLE || fault.kind() == GraphFault.Kind.THROTTLED) {
                waits.add(fault.kind() + " " + fault.retryAfter());
            }
        }

        assertThat(kinds).isEqualTo(EnumSet.complementOf(EnumSet.of(GraphFault.Kind.NONE)));
        assertThat(waits).hasSize(16);
    }

    @Test
    void F14_seededFaultsAreTheSameWithTheSameSeedAndEndAfterAWhile() {
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
    void F14_aDateToRetryAfterIsOfTheSimulatorsClock() throws Exception {
        graph.faults(seen -> GraphFault.unavailable("+5"));

        assertThat(get(MESSAGES).headers().firstValue("Retry-After")).hasValue("Sun, 1 Mar 2026 08:00:05 GMT");
    }

    @Test
    void F16_anExportedDraftIsImportedAsAMessageOnceItsFlagsAreChanged() throws Exception {
        ObjectNode draft = with(message("a"), KEY, "k");
        draft.withArray("attachments").add(file("p.png", new byte[] {1, 2, 3}));
        String id = ok(201, post(MESSAGES, draft)).path("id").asText();
        String mailbox = "/v1.0/admin/exchange/mailboxes/"
                + ok(200, get(ANN + "/settings/exchange"))
                        .path("primaryMailboxId")
                        .asText();

        JsonNode exported = ok(200, post(mailbox + "/exportItems", "{\"itemIds\":[\"" + id + "\",\"none\"]}"));
        byte[] stream = exported.path("value").get(0).path("data").binaryValue();
        assertThat(exported.path("value").get(1).path("error").path("code").asText())
                .isEqualTo("ErrorItemNotFound");
        int at = indexOf(stream, new byte[] {3, 0, 7, 0x0E});
        ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN).putInt(at + 4, 5);
        String importUrl = ok(200, post(mailbox + "/createImportSession", ""))
                .path("importUrl")
                .asText();
        String body = "{\"FolderId\":\"inbox\",\"Mode\":\"create\",\"Data\":\""
                + Base64.getEncoder().encodeToString(stream) + "\"}";
        JsonNode imported = ok(
                200,
                send(HttpRequest.newBuilder(URI.create(importUrl))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))));

        assertThat(imported.path("itemId").asText()).isNotEmpty().isNotEqualTo(id);
        assertThat(ann.messages("inbox")).singleElement().satisfies(message -> {
            assertThat(message.draft()).isFalse();
            assertThat(message.property(KEY)).isEqualTo("k");
            assertThat(message.content(message.attachments().get(0).id())).containsExactly(1, 2, 3);
        });
        refused(401, "InvalidAuthenticationToken", post(importUrl, body));
    }

    @Test
    void F17_aBatchAnswersEachPartAndFailsWhatDependsOnAFailure() throws Exception {
        String parts = part("1", "POST", "/users/ann@contoso.example/messages", "{\"subject\":\"a\"}", "")
                + "," + part("2", "POST", "/users/nobody/messages", "{\"subject\":\"b\"}", "1")
                + "," + part("3", "POST", "/users/ann@contoso.example/messages", "{\"subject\":\"c\"}", "2");
        JsonNode responses =
                ok(200, post("/v1.0/$batch", "{\"requests\":[" + parts + "]}")).path("responses");

        assertThat(responses)
                .extracting(one ->
                        one.path("id").asText() + " " + one.path("status").asInt())
                .containsExactlyInAnyOrder("1 201", "2 404", "3 424");
        assertThat(ann.messages()).hasSize(1);
        String many = ("," + part("x", "GET", "/users", "{}", "")).repeat(21).substring(1);
        refused(400, "BadRequest", post("/v1.0/$batch", "{\"requests\":[" + many + "]}"));
        refused(
                400,
                "BadRequest",
                post(
                        "/v1.0/$batch",
                        "{\"requests\":[" + part("1", "GET", "/users", "{}", "") + ","
                                + part("1", "GET", "/users", "{}", "") + "]}"));
        String huge = part(
                "1",
                "POST",
                "/users/ann@contoso.example/messages",
                message("a".repeat(4 * 1024 * 1024)).toString(),
                "");
        refused(413, "RequestEntityTooLarge", post("/v1.0/$batch", "{\"requests\":[" + huge + "]}"));
    }

    @Test
    void bodiesAreKeptForInspectionUpToALimit() throws Exception {
        start(options().keptCharacters(3_000));
        post(MESSAGES, message("first"));
        post(MESSAGES, message("last" + "x".repeat(1_000)));

        assertThat(graph.calls()).hasSize(2);
        assertThat(graph.calls().get(0).requestBody()).isEmpty();
        assertThat(graph.calls().get(1).requestBody()).contains("last");
        assertThat(graph.calls().get(1).responseBody()).contains("\"isDraft\":true");
        assertThat(graph.calls().get(1).status()).isEqualTo(201);
    }

    private int fault(GraphFault fault) throws Exception {
        graph.faults(seen -> fault);
        try {
            return post(MESSAGES, message("a")).statusCode();
        } catch (IOException e) {
            return 0;
        } finally {
            graph.faults(GraphFaults.none());
        }
    }

    private static String part(String id, String method, String url, String body, String dependsOn) {
        return "{\"id\":\"" + id + "\",\"method\":\"" + method + "\",\"url\":\"" + url + "\",\"body\":" + body
                + ",\"headers\":{\"Content-Type\":\"application/json\"}"
                + (dependsOn.isEmpty() ? "" : ",\"dependsOn\":[\"" + dependsOn + "\"]") + "}";
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(Arrays.copyOfRange(bytes, i, i + wanted.length), wanted)) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }
}
