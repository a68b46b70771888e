// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import static io.github.celltrustarchive.graph.internal.GraphSamples.SETTINGS;
import static io.github.celltrustarchive.graph.internal.GraphSamples.file;
import static io.github.celltrustarchive.graph.internal.GraphSamples.item;
import static io.github.celltrustarchive.graph.internal.GraphSamples.properties;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Delivery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Emails that are damaged at random: whatever comes, a message is made of it that Graph can take. */
class MutatedEmailTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PIECES = List.of(
            "\r\n",
            "\n",
            "\r",
            "\r\n\r\n",
            "--b",
            "--b--",
            "--",
            ";",
            "=",
            "\"",
            "\u0000",
            "\u00ff",
            "\u00e4",
            "=?utf-8?B?",
            "=?x?Q?=0D=0A?=",
            "?=",
            "boundary=",
            "charset=",
            "multipart/mixed; boundary=b",
            "message/rfc822",
            "Content-Type: ",
            "Content-Transfer-Encoding: base64",
            "filename*0*=",
            "%",
            "<",
            ">",
            "@",
            ",",
            ":",
            "cid:",
            " ",
            "\t",
            "(",
            ")",
            "\\");

    @TempDir
    private Path folder;

    @Test
    void damagedEmailIsAMessageStill() throws IOException {
        damage(500, 1);
    }

    @Test
    @Tag("nightly")
    void damagedEmailIsAMessageStillForALongTime() throws IOException {
        damage(50_000, 2);
    }

    private void damage(int rounds, long firstSeed) throws IOException {
        List<byte[]> samples = samples();
        Delivery sound = GraphSamples.delivery(item("SMS").text("hi").build());
        for (int i = 0; i < rounds; i++) {
            long seed = firstSeed * 1_000_000 + i;
            Random random = new Random(seed);
            byte[] eml = damaged(samples.get(random.nextInt(samples.size())), random);
            check(GraphSamples.delivery(sound.envelope(), Content.of(eml)), "seed " + seed);
        }
    }

    private static List<byte[]> samples() throws IOException {
        List<byte[]> samples = new ArrayList<>();
        samples.add(GraphSamples.bytes(GraphSamples.delivery(item("MMS")
                .text("hi \uD83D\uDC4B")
                .attachment(file("a.png", "image/png", new byte[40]))
                .attachment(file("\u00fcber.pdf", "application/pdf", new byte[400]))
                .build())));
        samples.add("""
                From: "A, B" <a@b.example>
                To: g: c@d.example;, e@f.example
                Subject: =?utf-8?Q?=C3=BC?=
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: multipart/alternative; boundary=c

                --c

                text
                --c
                Content-Type: text/html; charset=windows-1252

                <img src="cid:x@y">
                --c--
                --b
                Content-Type: image/png; name*=utf-8''%c3%bc.png
                Content-ID: <x@y>
                Content-Transfer-Encoding: base64

                AQID
                --b
                Content-Type: message/rfc822

                Subject: in

                hi
                --b--
                """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        return samples;
    }

    private static byte[] damaged(byte[] eml, Random random) {
        byte[] bytes = eml;
        for (int n = 1 + random.nextInt(8); n > 0; n--) {
            int at = random.nextInt(bytes.length + 1);
            int end = Math.min(bytes.length, at + (random.nextBoolean() ? 0 : random.nextInt(60)));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(bytes, 0, at);
            out.writeBytes(PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.ISO_8859_1));
            out.write(bytes, end, bytes.length - end);
            bytes = out.toByteArray();
        }
        return bytes;
    }

    private void check(Delivery delivery, String seed) throws IOException {
        try (GraphMessage message = new MessageFactory(SETTINGS, folder).make(delivery)) {
            byte[] request = JSON.writeValueAsBytes(message.createRequest());
            JsonNode json = JSON.readTree(request);
            assertThat(json).as(seed).isEqualTo(JSON.readTree(JSON.writeValueAsBytes(json)));
            texts(
                    json,
                    text -> assertThat(text.codePoints().anyMatch(MutatedEmailTest::isUnfit))
                            .as(seed)
                            .isFalse());
            assertThat(properties(json).keySet()).as(seed).isSubsetOf(ArchiveProperties.ALL);
            assertThat(properties(json)).as(seed).containsKeys(ArchiveProperties.KEY, ArchiveProperties.STATE);
            json.findValuesAsText("address")
                    .forEach(each -> assertThat(each).as(seed).matches("[!-~]+@[!-~]+"));
            for (GraphAttachment attachment : message.attachments()) {
                assertThat(GraphSamples.bytes(attachment)).as(seed).hasSize((int) attachment.size());
                assertThat(attachment.name()).as(seed).isNotBlank().doesNotContain("/", "\\", "\n", "\r");
            }
            boolean marked =
                    properties(json).getOrDefault(ArchiveProperties.HEADER, "").contains("unreadable");
            assertThat(!marked || message.originalAttached()).as(seed).isTrue();
        }
    }

    private static void texts(JsonNode json, Consumer<String> consumer) {
        if (json.isTextual()) {
            consumer.accept(json.textValue());
        }
        json.forEach(child -> texts(child, consumer));
    }

    private static boolean isUnfit(int c) {
        return (c < 0x20 && c != '\t' && c != '\r' && c != '\n') || (c >= 0xD800 && c <= 0xDFFF) || c >= 0x110000;
    }
}
