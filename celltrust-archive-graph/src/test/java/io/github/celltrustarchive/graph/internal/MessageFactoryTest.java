// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import static io.github.celltrustarchive.graph.internal.GraphSamples.SETTINGS;
import static io.github.celltrustarchive.graph.internal.GraphSamples.addresses;
import static io.github.celltrustarchive.graph.internal.GraphSamples.delivery;
import static io.github.celltrustarchive.graph.internal.GraphSamples.file;
import static io.github.celltrustarchive.graph.internal.GraphSamples.headers;
import static io.github.celltrustarchive.graph.internal.GraphSamples.item;
import static io.github.celltrustarchive.graph.internal.GraphSamples.names;
import static io.github.celltrustarchive.graph.internal.GraphSamples.passedThrough;
import static io.github.celltrustarchive.graph.internal.GraphSamples.properties;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.SourceItem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageFactoryTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private GraphMessage make(Delivery delivery) throws IOException {
        return make(SETTINGS, delivery);
    }

    private GraphMessage make(MessageSettings settings, Delivery delivery) throws IOException {
        return new MessageFactory(settings, folder).make(delivery);
    }

    /** What stands in the file; {@code UPDATE_GOLDEN=1} in the environment writes it anew, for the review. */
    private JsonNode golden(String name, JsonNode made) throws IOException {
        String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(made) + "\n";
        if (System.getenv("UPDATE_GOLDEN") != null) {
            Files.writeString(Path.of("src/test/resources/graph-message", name), text);
        }
        try (InputStream in = getClass().getResourceAsStream("/graph-message/" + name)) {
            return JSON.readTree(in);
        }
    }

    private static JsonNode sent(GraphMessage message) throws IOException {
        return JSON.readTree(JSON.writeValueAsBytes(message.createRequest()));
    }

    @Test
    void textMessageIsExactlyThisJson() throws IOException {
        Delivery delivery =
                delivery(item("SMS").text("See you at 5 \uD83D\uDC4B").build());

        try (GraphMessage message = make(delivery)) {
            JsonNode made = sent(message);
            assertThat(made).isEqualTo(golden("sms.json", made));
        }
    }

    @Test
    void emailThatPassesThroughIsExactlyThisJson() throws IOException {
        Delivery delivery = passedThrough("""
                From: =?UTF-8?Q?Zo=C3=AB?= <zoe@bank.example>
                To: Team: bob@corp.example, "Ray, Carl" <carl@corp.example>;
                Cc: nobody in particular
                Reply-To: broken@, desk@bank.example
                Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=
                Message-ID: <1@bank.example>
                In-Reply-To: <0@bank.example>
                References: <a@bank.example>
                 <0@bank.example>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain; charset=iso-8859-1

                Gr\u00fc\u00dfe
                --b
                Content-Type: text/csv; name=a.csv
                Content-Disposition: attachment
                Content-Transfer-Encoding: base64

                MSwyCg==
                --b--
                """.replace("\n", "\r\n"));

        try (GraphMessage message = make(delivery)) {
            JsonNode made = sent(message);
            assertThat(made).isEqualTo(golden("passed-through.json", made));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SMS",
                "MMS",
                "CHAT",
                "CALL",
                "VOICEMAIL",
                "EDIT",
                "DELETE",
                "JOIN",
                "LEAVE",
                "RECEIPT",
                "REACTION",
                "SCREEN_SHARE"
            })
    void everyKindIsReadableDatedThreadedAndFindable(String kind) throws IOException {
        SourceItem item = item(kind).text("hello").relatedId("m-0").build();

        try (GraphMessage message = make(delivery(item))) {
            JsonNode json = message.json();
            assertThat(json.path("body").path("contentType").textValue()).isEqualTo("html");
            assertThat(json.path("body").path("content").textValue()).contains("hello");
            assertThat(addresses(json.path("from"))).containsExactly("Ann Lee <ann.lee@bank.example>");
            assertThat(addresses(json.path("toRecipients")))
                    .containsExactly("Bob Ray <12025550101@sms.celltrust.invalid>");
            assertThat(properties(json))
                    .containsEntry("Integer 0x0E07", "1")
                    .containsEntry("SystemTime 0x0E06", "2026-03-04T15:06:09Z")
                    .containsEntry("SystemTime 0x0039", "2026-03-04T15:06:07Z")
                    .containsEntry("String 0x001A", "IPM.ExternalData.CellTrust." + kind.replaceAll("[^A-Z]", ""))
                    .containsKeys("String 0x1042", "String 0x1039")
                    .containsEntry(ArchiveProperties.STATE, "complete")
                    .containsEntry(ArchiveProperties.KEY, headers(json).get("X-CellTrust-Archive-Key"));
            assertThat(properties(json).get("String 0x007D"))
                    .contains("X-CellTrust-Type: " + kind + "\r\n", "X-CellTrust-Source-SHA256: ")
                    .doesNotContain("Graph-Note");
            assertThat(message.attachments()).isEmpty();
        }
    }

    @Test
    void shownPicturesAreInlineAndOtherFilesAreNot() throws IOException {
        SourceItem item = item("MMS")
                .attachment(file("a.png", "image/png", new byte[] {1, 2}))
                .attachment(file("b.pdf", "application/pdf", new byte[] {3}))
                .attachment(file("a.png", "image/png", new byte[] {4, 5}))
                .build();

        try (GraphMessage message = make(delivery(item))) {
            JsonNode made = sent(message).path("attachments");
            assertThat(made.findValuesAsText("name")).containsExactly("a.png", "a.png", "b.pdf");
            assertThat(made.findValuesAsText("isInline")).containsExactly("true", "true", "false");
            assertThat(made.findValuesAsText("contentType"))
                    .containsExactly("image/png", "image/png", "application/pdf");
            assertThat(made.findValuesAsText("contentBytes")).containsExactly("AQI=", "BAU=", "Aw==");
            String html = message.json().path("body").path("content").textValue();
            assertThat(made.findValuesAsText("contentId"))
                    .hasSize(2)
                    .allSatisfy(id -> assertThat(html).contains("cid:" + id));
        }
    }

    @Test
    void whatIsOverTheInlineBudgetFollowsLaterAndTheMessageSaysPartial() throws IOException {
        byte[] large = new byte[700_000];
        new Random(1).nextBytes(large);
        SourceItem item = item("MMS")
                .attachment(file("first.bin", "application/octet-stream", large))
                .attachment(file("small.txt", "text/plain", new byte[] {1}))
                .build();

        try (GraphMessage message = make(SETTINGS.withInlineBudget(500_000), delivery(item))) {
            assertThat(message.inCreate()).extracting(GraphAttachment::name).containsExactly("small.txt");
            assertThat(message.afterCreate()).extracting(GraphAttachment::name).containsExactly("first.bin");
            assertThat(message.attachments())
                    .extracting(GraphAttachment::ordinal)
                    .containsExactly(0, 1);
            assertThat(message.inlineBytes()).isEqualTo(1);
            assertThat(properties(message.json())).containsEntry(ArchiveProperties.STATE, "partial");
            GraphAttachment later = message.afterCreate().get(0);
            assertThat(later.size()).isEqualTo(700_000);
            assertThat(GraphSamples.bytes(later)).isEqualTo(large);
            assertThat(GraphSamples.bytes(later)).isEqualTo(large);
            assertThat(later.toAttachmentItem().toString())
                    .isEqualTo("{\"attachmentType\":\"file\",\"size\":700000,\"name\":\"first.bin\","
                            + "\"contentType\":\"application/octet-stream\",\"isInline\":false}");
        }
    }

    @Test
    void theFirstRequestStaysUnderFourMegabytesHoweverLargeTheBodyIs() throws IOException {
        SourceItem item = item("CHAT")
                .text("\"\u6f22\\".repeat(120_000))
                .attachment(file("a.bin", "application/octet-stream", new byte[1_900_000]))
                .build();

        try (GraphMessage message = make(delivery(item))) {
            assertThat(JSON.writeValueAsBytes(message.createRequest())).hasSizeLessThan(4_000_000);
            assertThat(names(message)).contains("a.bin");
        }
    }

    @Test
    void textTooLongForABodyIsAttachedWhole() throws IOException {
        String text = "long text ".repeat(150_000);
        Delivery delivery = passedThrough("Content-Type: text/plain\r\n\r\n" + text);

        try (GraphMessage message = make(delivery)) {
            assertThat(message.json().path("body").path("content").textValue())
                    .contains("too long", "attached as attachment-1.txt.");
            assertThat(names(message)).containsExactly("attachment-1.txt");
            assertThat(GraphSamples.bytes(message.attachments().get(0)))
                    .isEqualTo(text.getBytes(StandardCharsets.US_ASCII));
            assertThat(properties(message.json()).get("String 0x007D")).endsWith("Graph-Note: text-attached\r\n");
        }
    }

    @Test
    void theOriginalIsAttachedIfAskedFor() throws IOException {
        Delivery delivery = delivery(item("SMS").text("hi").build());

        try (GraphMessage message = make(SETTINGS.withAttachOriginal(true), delivery)) {
            assertThat(message.originalAttached()).isTrue();
            assertThat(names(message)).containsExactly("message.eml");
            assertThat(message.attachments().get(0).contentType()).isEqualTo("message/rfc822");
            assertThat(GraphSamples.bytes(message.attachments().get(0))).isEqualTo(GraphSamples.bytes(delivery));
        }
    }

    @Test
    void over500RecipientsAreCutOffAndTheHeaderNamesThem() throws IOException {
        SourceItem.Builder item = item("CHAT").text("hi");
        for (int i = 0; i < 600; i++) {
            item.recipient(Participant.ofEmail(ParticipantRole.CC, "p" + i + "@corp.example"));
        }

        try (GraphMessage message = make(delivery(item.build()))) {
            assertThat(message.json().path("toRecipients")).hasSize(1);
            assertThat(message.json().path("ccRecipients")).hasSize(499);
            assertThat(properties(message.json()).get("String 0x007D")).contains("Graph-Note: ", "addresses-left-out");
        }
    }

    @Test
    void aHeaderThatDoesNotFitIsCutAtALineEndAndTheOriginalAttached() throws IOException {
        String filler = "X-Filler: " + "x".repeat(60) + "\r\n";
        Delivery delivery = passedThrough("Subject: a\r\n" + filler.repeat(1000) + "\r\nhi");

        try (GraphMessage message = make(delivery)) {
            String block = properties(message.json()).get("String 0x007D");
            assertThat(block.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(31_000, 32 * 1024);
            assertThat(block).endsWith(filler + "X-CellTrust-Graph-Note: header-shortened\r\n");
            assertThat(message.originalAttached()).isTrue();
        }
    }

    @Test
    void reducedFidelityLeavesOutWhatTheStoreMayRefuseButStaysFindable() throws IOException {
        try (GraphMessage message = make(
                SETTINGS.withReducedFidelity(true),
                delivery(item("SMS").text("hi").build()))) {
            assertThat(message.json().fieldNames())
                    .toIterable()
                    .doesNotContain("from", "sender", "replyTo", "internetMessageId", "internetMessageHeaders")
                    .contains("toRecipients", "subject", "body");
            assertThat(properties(message.json()))
                    .containsKeys(ArchiveProperties.KEY)
                    .hasEntrySatisfying(
                            "String 0x007D",
                            block -> assertThat(block).contains("From: ", "Graph-Note: reduced-fidelity"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "IPM.ExternalData.CellTrust, IPM.Note.CellTrust.SMS",
        "IPM.Note.Bank, IPM.Note.Bank.SMS",
        "IPM.Bank, IPM.Note.Bank.SMS",
        "Bank, IPM.Note.Bank.SMS"
    })
    void classFallbackIsBelowNote(String base, String expected) {
        MessageSettings settings = MessageSettings.of(
                        ConnectorProfile.builder("t").messageClass(base).build())
                .withNoteClass(true);

        assertThat(settings.messageClass("SMS")).isEqualTo(expected);
    }

    @Test
    void unreadIsUnreadInBothPlaces() throws IOException {
        try (GraphMessage message =
                make(SETTINGS.withRead(false), delivery(item("SMS").build()))) {
            assertThat(message.json().path("isRead").booleanValue()).isFalse();
            assertThat(properties(message.json())).containsEntry("Integer 0x0E07", "0");
        }
    }

    @Test
    void timesThatExchangeHasNoNumberForAreTheNearestOne() throws IOException {
        Delivery sample = delivery(item("SMS").build());
        Envelope e = sample.envelope();
        Envelope ancient = new Envelope(
                e.key(),
                e.sourceId(),
                e.messageId(),
                e.subject(),
                e.kind(),
                e.direction(),
                e.conversationId(),
                Instant.MIN,
                Instant.MAX,
                e.participants(),
                e.attachments());

        try (GraphMessage message = make(GraphSamples.delivery(ancient, sample.eml()))) {
            assertThat(properties(message.json()))
                    .containsEntry("SystemTime 0x0039", "1601-01-01T00:00:00Z")
                    .containsEntry("SystemTime 0x0E06", "9999-12-31T23:59:59Z");
        }
    }

    @Test
    void aLargeEmailIsReadFromAFileThatOnlyItsOwnerCanReadAndThatIsGoneAfterwards() throws IOException {
        Delivery delivery = delivery(item("MMS")
                .attachment(file("a.bin", "application/octet-stream", new byte[3_000_000]))
                .build());

        GraphMessage message = make(delivery);
        GraphAttachment attachment = message.attachments().get(0);
        assertThat(GraphSamples.bytes(attachment)).hasSize(3_000_000);
        message.close();
        message.close();

        assertThat(folder).isEmptyDirectory();
        assertThatThrownBy(() -> GraphSamples.bytes(attachment)).isInstanceOf(IOException.class);
    }

    @Test
    void aStageThatDeliversOtherThanItDeclaresIsAnErrorAndLeavesNoFile() throws IOException {
        List<Content> lying = new ArrayList<>();
        for (int size : new int[] {10, 1_000_000}) {
            lying.add(sized(Content.of(new byte[size]), size + 1));
            lying.add(sized(Content.of(new byte[size]), size - 1));
        }

        for (Content content : lying) {
            Delivery delivery =
                    GraphSamples.delivery(delivery(item("SMS").build()).envelope(), content);
            assertThatThrownBy(() -> make(delivery))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("declares");
        }
        assertThat(folder).isEmptyDirectory();
    }

    private static Content sized(Content content, long size) {
        return new Content() {
            @Override
            public InputStream open() throws IOException {
                return content.open();
            }

            @Override
            public long size() {
                return size;
            }
        };
    }
}
