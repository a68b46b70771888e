// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushReceiverTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final HttpClient gateway = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void whatIsPushedArrivesInTheMailbox() throws Exception {
        try (PushReceiver receiver = start()) {
            assertThat(post(receiver, FORM, push("first"))).isEqualTo(200);
            assertThat(post(receiver, "text/xml", "<nonsense"))
                    .as("held later, not lost")
                    .isEqualTo(200);

            assertThat(receiver.archive().counts().imported()).isEqualTo(1);
            post(receiver, FORM, push("second"));
            receiver.archive();

            assertThat(mail()).hasSize(2).anyMatch(eml -> eml.contains("AAA MSG first"));
        }
    }

    @Test
    void whatWasAcceptedBeforeARestartArrivesAfterIt() throws Exception {
        try (PushReceiver receiver = start()) {
            post(receiver, FORM, push("before"));
        }
        try (PushReceiver receiver = start()) {
            receiver.archive();
            receiver.archive();
        }
        assertThat(mail()).hasSize(1);
    }

    @Test
    void whatCanNeverBeAPushIsRefused() throws Exception {
        try (PushReceiver receiver = start()) {
            assertThat(post(receiver, FORM, "x".repeat((1 << 20) + 1))).isEqualTo(413);
        }
    }

    private PushReceiver start() throws IOException {
        Path users = folder.resolve("users.csv");
        Files.writeString(users, "source,mailbox\nAAA,ann.lee@bank.example\n");
        return new PushReceiver(users, folder);
    }

    private int post(PushReceiver receiver, String type, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + receiver.port() + "/feedback"))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return gateway.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static String push(String words) {
        return "CustomerNickname=AAA&Message=AAA+MSG+" + words
                + "&OriginatorAddress=16471111000&AcceptedTime=20Jun%2C05+12%3A36%3A37&DeliveryType=SMS";
    }

    private List<String> mail() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("mail"))) {
            return files.filter(file -> file.getParent().endsWith("new"))
                    .map(PushReceiverTest::text)
                    .toList();
        }
    }

    private static String text(Path eml) {
        try {
            return Files.readString(eml);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
