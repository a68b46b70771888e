// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.ManualClock;
import io.github.celltrustarchive.testkit.ManualSleeper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A simulator in virtual time with one user, and a plain client. */
abstract class SimulatorRig {

    static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    static final String ANN = "/v1.0/users/ann@contoso.example";
    static final String MESSAGES = ANN + "/messages";
    static final String INBOX = ANN + "/mailFolders/inbox";
    static final String KEY = "String {0f3f5a3e-2f5d-4c1b-9a76-6f2f7f0a9c11} Name ArchiveKey";
    static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    static LoopbackTls tls;

    final ManualClock clock = new ManualClock(NOW);
    GraphSimulator graph;
    SimulatedMailbox ann;
    HttpClient http;
    String token;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = LoopbackTls.create(folder);
    }

    @BeforeEach
    void start() throws IOException {
        start(options());
    }

    GraphSimulator.Builder options() {
        return GraphSimulator.builder(tls).clock(clock).sleeper(new ManualSleeper(clock));
    }

    void start(GraphSimulator.Builder builder) throws IOException {
        if (graph != null) {
            graph.close();
        }
        graph = builder.start();
        ann = graph.add(SimulatedUser.of("id-ann", "ann@contoso.example").withAliases("lee@contoso.example"));
        http = graph.httpClient();
        token = graph.newToken();
    }

    @AfterEach
    void stop() {
        graph.close();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(path.startsWith("https:") ? path : graph.root() + path))
                .header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    HttpResponse<String> send(String method, String path, Object body) throws Exception {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.toString())));
    }

    HttpResponse<String> post(String path, Object body) throws Exception {
        return send("POST", path, body);
    }

    HttpResponse<String> mime(String path, String text) throws Exception {
        String base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return send(request(path).header("Content-Type", "text/plain").POST(BodyPublishers.ofString(base64)));
    }

    HttpResponse<String> put(String upload, byte[] bytes, int from, int to) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(upload))
                        .header("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + bytes.length)
                        .PUT(BodyPublishers.ofByteArray(bytes, from, to - from))
                        .build(),
                BodyHandlers.ofString());
    }

    String newMessage() throws Exception {
        return ok(201, post(MESSAGES, message("a"))).path("id").asText();
    }

    String openUpload(String messageId, long size) throws Exception {
        String item = "{\"AttachmentItem\":{\"attachmentType\":\"file\",\"name\":\"v.mp4\",\"size\":" + size + "}}";
        return ok(201, post(MESSAGES + "/" + messageId + "/attachments/createUploadSession", item))
                .path("uploadUrl")
                .asText();
    }

    int found(String filter) throws Exception {
        return ok(200, get(MESSAGES + "?$filter=" + encode(filter)))
                .path("value")
                .size();
    }

    static ObjectNode message(String subject) {
        return JSON.createObjectNode().put("subject", subject);
    }

    static ObjectNode with(ObjectNode message, String... idsAndValues) {
        ArrayNode properties = message.withArray("singleValueExtendedProperties");
        for (int i = 0; i < idsAndValues.length; i += 2) {
            properties.addObject().put("id", idsAndValues[i]).put("value", idsAndValues[i + 1]);
        }
        return message;
    }

    static ObjectNode file(String name, byte[] bytes) {
        return JSON.createObjectNode()
                .put("@odata.type", "#microsoft.graph.fileAttachment")
                .put("name", name)
                .put("contentType", "image/png")
                .put("contentBytes", bytes);
    }

    JsonNode ok(int status, HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }

    void refused(int status, String code, HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(JSON.readTree(response.body()).path("error").path("code").asText())
                .isEqualTo(code);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
