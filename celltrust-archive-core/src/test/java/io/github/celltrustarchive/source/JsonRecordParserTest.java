// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRecordParserTest {

    private static final String MINIMAL =
            "\"id\":\"m1\",\"kind\":\"SMS\",\"sent\":\"2026-03-01T10:15:30Z\",\"from\":{\"phone\":\"16471111000\"}";

    private final JsonRecordParser parser = JsonRecordParser.ofDefaults();

    @Test
    void everyFieldOfARecordIsRead() throws IOException {
        SourceItem item = parse("""
                {"id":"m1","kind":"MMS","direction":"inbound","sent":"2026-03-01T10:15:30.125+01:00",
                 "received":"2026-03-01T09:15:31Z","delivered":"2026-03-01T09:15:32Z","read":"2026-03-01T09:15:33Z",
                 "conversation":"c1","about":"m0",
                 "from":{"name":"Ann Lee","phone":"+1 212 555 0101","email":"ann@example.com"},
                 "to":[{"phone":12125550102,"external":true}],"cc":[{"name":"Bob"}],"bcc":[{"email":"c@example.com"}],
                 "text":"Hi","attachments":[{"name":"a.txt","type":"text/plain","data":"aGVsbG8="}],
                 "properties":{"carrier":"rogers"}}""");

        assertThat(item.sourceId()).isEqualTo("m1");
        assertThat(item.kind()).isEqualTo("MMS");
        assertThat(item.direction()).isEqualTo(Direction.INBOUND);
        assertThat(item.sentAt()).isEqualTo("2026-03-01T09:15:30.125Z");
        assertThat(item.receivedAt()).isEqualTo("2026-03-01T09:15:31Z");
        assertThat(item.deliveredAt()).isEqualTo("2026-03-01T09:15:32Z");
        assertThat(item.readAt()).isEqualTo("2026-03-01T09:15:33Z");
        assertThat(item.conversationId()).isEqualTo("c1");
        assertThat(item.relatedId()).isEqualTo("m0");
        assertThat(item.sender())
                .isEqualTo(
                        new Participant(ParticipantRole.FROM, "Ann Lee", "+1 212 555 0101", "ann@example.com", false));
        assertThat(item.recipients())
                .containsExactly(
                        new Participant(ParticipantRole.TO, null, "12125550102", null, true),
                        new Participant(ParticipantRole.CC, "Bob", null, null, false),
                        new Participant(ParticipantRole.BCC, null, null, "c@example.com", false));
        assertThat(item.text()).isEqualTo("Hi");
        assertThat(item.properties()).containsExactly(Map.entry("carrier", "rogers"));
        assertThat(bytes(item.attachments().get(0))).asString().isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1E3", "9007199254740993", "-0", "1234567890123456789012345678901234567890"})
    void aNumberAsIdIsKeptAsItIsWritten(String number) throws IOException {
        SourceItem item = parse("{" + MINIMAL.replace("\"m1\"", number) + "}");

        assertThat(item.sourceId()).isEqualTo(number);
    }

    @Test
    void withoutAnIdThePlaceInTheExportStandsForIt() throws IOException {
        SourceItem item = parse("{" + MINIMAL.replace("\"id\":\"m1\",", "") + "}");

        assertThat(item.sourceId()).isEqualTo("a.jsonl:7");
        assertThat(item.properties()).containsKey("note");
    }

    @Test
    void aFieldThatIsNotKnownChangesNothing() throws IOException {
        SourceItem known = parse("{" + MINIMAL + "}");
        SourceItem withMore = parse("{" + MINIMAL + ",\"x\":{\"y\":[1,\"z\",{}]},\"w\":1e1000000000}");

        assertThat(withMore).isEqualTo(known);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a key twice           | {"id":1,"id":2}
            a key twice inside    | {"from":{"name":"canary","name":"b"}}
            no object             | ["canary"]
            a second document     | {}{"id":"canary"}
            trailing garbage      | {} canary
            cut off               | {"id":"canary
            bare word             | canary
            NaN                   | {"id":NaN}
            wrong type of kind    | {"kind":["canary"]}
            wrong type of sent    | {"sent":1772359200}
            wrong type of from    | {"from":"canary"}
            wrong type of to      | {"to":{"name":"canary"}}
            null in to            | {"to":[null]}
            nobody in to          | {"to":[{}]}
            wrong type of flag    | {"from":{"external":"true"}}
            unknown direction     | {"direction":"canary"}
            property not a text   | {"properties":{"canary":1}}
            attachment of nothing | {"attachments":[{"name":"canary"}]}
            both kinds of bytes   | {"attachments":[{"data":"","file":"canary"}]}
            negative size         | {"attachments":[{"data":"","size":-1}]}
            bare control          | {"id":"\u0001canary"}""")
    void aBadRecordIsRefusedWithoutTellingItsContent(String name, String record) {
        assertThatThrownBy(() -> parse(record))
                .isInstanceOf(RecordException.class)
                .hasNoCause()
                .message()
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "kind", "sent", "from"})
    void aRequiredFieldIsNamedWhenItIsMissingOrEmpty(String field) {
        String record =
                "{" + MINIMAL.replaceFirst("\"" + field + "\":(\"[^\"]*\"|\\{[^}]*})", "\"" + field + "\":\"\"") + "}";

        assertThatThrownBy(() -> parse(record))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining(field);
    }

    @Test
    void deepNestingIsRefusedQuickly() {
        assertRefused("{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
    }

    @Test
    void aNumberWithAHundredThousandDigitsIsRefused() {
        assertRefused("{\"id\":" + "1".repeat(100_000) + "}");
    }

    @Test
    void aKeyOfAMegabyteIsRefused() {
        assertRefused("{\"" + "k".repeat(1_000_000) + "\":1}");
    }

    @Test
    void everyLimitCanBeConfigured() throws IOException {
        JsonRecordParser strict = JsonRecordParser.builder()
                .maxNesting(4)
                .maxNameLength(20)
                .maxNumberLength(20)
                .maxTextLength(1_000)
                .maxAttachments(1)
                .build();
        String data = ",\"attachments\":[{\"data\":\"" + "QUJD".repeat(1_000) + "\"}]";

        assertThat(bytes(parse(strict, data).attachments().get(0))).hasSize(3_000);
        assertThat(parse(strict, ",\"text\":\"" + "x".repeat(1_000) + "\"").text())
                .hasSize(1_000);
        for (String over : new String[] {
            ",\"x\":[[[[[]]]]]",
            ",\"" + "k".repeat(21) + "\":1",
            ",\"conversation\":" + "1".repeat(21),
            ",\"text\":\"" + "x".repeat(1_001) + "\"",
            ",\"attachments\":[{\"data\":\"\"},{\"data\":\"\"}]"
        }) {
            assertThatThrownBy(() -> parse(strict, over)).isInstanceOf(RecordException.class);
        }
        assertThatThrownBy(() -> JsonRecordParser.builder()
                        .maxNesting(0)
                        .maxTextLength(0)
                        .build())
                .hasMessageContainingAll("maxNesting", "maxTextLength");
    }

    private static SourceItem parse(JsonRecordParser parser, String more) throws IOException {
        return parser.parse(new RawRecord("application/json", Content.ofUtf8("{" + MINIMAL + more + "}"), "a.jsonl:7"));
    }

    @Test
    void aRecordOverTheLimitIsRefusedUnread() {
        Content unreadable = new Content() {
            @Override
            public InputStream open() throws IOException {
                throw new IOException("must not be opened");
            }

            @Override
            public long size() {
                return (64L << 20) + 1;
            }
        };

        assertThatThrownBy(() -> parser.parse(new RawRecord("application/json", unreadable, "a.jsonl:7")))
                .isInstanceOf(RecordException.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a Latin-1 letter, E9",
        "overlong slash, C0AF",
        "encoded surrogate, EDA080",
        "beyond Unicode, F4908080",
        "cut sequence, E282",
        "lone continuation, 80",
        "zero, 00"
    })
    void malformedUtf8IsRefusedAlsoInFieldsThatAreNotKnown(String name, String hex) {
        byte[] bytes = ("{" + MINIMAL + ",\"x\":\"@\"}").getBytes(StandardCharsets.ISO_8859_1);
        assertRefused(replaceAt(bytes, HexFormat.of().parseHex(hex)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32BE"})
    void otherEncodingsAreRefused(String charset) {
        assertRefused(("{" + MINIMAL + "}").getBytes(Charset.forName(charset)));
    }

    @Test
    void anUnpairedSurrogateIsKept() throws IOException {
        SourceItem item = parse("{" + MINIMAL + ",\"text\":\"a\\ud800b\"}");

        assertThat(item.text()).isEqualTo("a\ud800b");
    }

    @Test
    void emojiAndRightToLeftTextAreKept() throws IOException {
        String text = "\uD83D\uDC69\u200D\uD83D\uDCBB \uD83C\uDDE8\uD83C\uDDE6 \u05E9\u05DC\u05D5\u05DD \u202E";

        assertThat(parse("{" + MINIMAL + ",\"text\":\"" + text + "\"}").text()).isEqualTo(text);
    }

    @Test
    void base64IsFoundBehindAByteOrderMarkAndMultibyteText() throws IOException {
        String record = "\uFEFF{" + MINIMAL
                + ",\"text\":\"\uD83D\uDE00\u00E9\",\"attachments\" : [ { \"data\" :  \"aGk=\" } ]}";

        assertThat(bytes(parse(record).attachments().get(0))).asString().isEqualTo("hi");
    }

    @Test
    void base64MayEscapeSlashAndPlus() throws IOException {
        byte[] data = {(byte) 0xFB, (byte) 0xFF, (byte) 0xBF};
        String escaped =
                Base64.getEncoder().encodeToString(data).replace("/", "\\/").replace("+", "\\u002b");

        SourceItem item = parse("{" + MINIMAL + ",\"attachments\":[{\"data\":\"" + escaped + "\"}]}");

        assertThat(bytes(item.attachments().get(0))).isEqualTo(data);
    }

    @Test
    void attachmentsOfEverySizeComeBackAsTheyWere() throws IOException {
        Random random = new Random(7);
        for (int size = 0; size < 70; size++) {
            byte[] data = new byte[size == 69 ? 200_000 : size];
            random.nextBytes(data);
            String encoded = Base64.getEncoder().encodeToString(data);

            SourceItem item = parse(
                    "{" + MINIMAL + ",\"attachments\":[{\"data\":\"" + encoded + "\",\"size\":" + data.length + "}]}");

            assertThat(bytes(item.attachments().get(0))).isEqualTo(data);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"aGk", "aGl=", "a", "aGk=x", "aG k", "aGk\\n", "aG==aG==", "a===", "====", "aG-_", "\\u00e9AAA"})
    void looseBase64IsRefused(String data) {
        assertThatThrownBy(() -> parse("{" + MINIMAL + ",\"attachments\":[{\"data\":\"" + data + "\"}]}"))
                .isInstanceOf(RecordException.class)
                .hasMessage("attachments[0].data isn't base64");
    }

    @Test
    void aSizeOrDigestThatDoesNotFitIsRefused() {
        String attachment = ",\"attachments\":[{\"data\":\"aGk=\",%s}]}";

        assertThatThrownBy(() -> parse("{" + MINIMAL + attachment.formatted("\"size\":3")))
                .hasMessage("attachments[0] has another size than it declares");
        assertThatThrownBy(() -> parse("{" + MINIMAL + attachment.formatted("\"sha256\":\"" + "0".repeat(64) + "\"")))
                .hasMessage("attachments[0] has another sha256 than it declares");
    }

    @Test
    void anAttachmentFileComesFromTheParts() throws IOException {
        String record = "{" + MINIMAL + ",\"attachments\":[{\"file\":\"cat.png\",\"type\":\"image/png\"}]}";
        RawRecord with = new RawRecord(
                "application/json", Content.ofUtf8(record), Map.of("cat.png", Content.ofUtf8("meow")), "a.jsonl:7");

        Attachment attachment = parser.parse(with).attachments().get(0);

        assertThat(attachment.fileName()).isEqualTo("cat.png");
        assertThat(bytes(attachment)).asString().isEqualTo("meow");
        assertThatThrownBy(() -> parse(record)).hasMessage("attachments[0].file is missing beside the export");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/passwd", "a/b", "a\\\\b", "..", ".", "", "C:x", "x\\u0000", "a\\nb"})
    void anAttachmentNameThatIsNoPlainFileNameIsRefusedEvenIfThereIsSuchAPart(String name) {
        String record = "{" + MINIMAL + ",\"attachments\":[{\"file\":\"" + name + "\"}]}";

        assertThatThrownBy(() -> parse(record)).hasMessage("attachments[0].file isn't a plain file name");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T10:15:30Z, 2026-03-01T10:15:30Z",
        "2026-03-01t10:15:30z, 2026-03-01T10:15:30Z",
        "2026-03-01T10:15:30-00:00, 2026-03-01T10:15:30Z",
        "2026-03-01T10:15:30.123456789+05:30, 2026-03-01T04:45:30.123456789Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z",
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z"
    })
    void timesAreRead(String text, Instant expected) throws IOException {
        assertThat(sentAt(parser, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-30T00:00:00Z",
                "2026-03-01T24:00:00Z",
                "2026-03-01T10:15Z",
                "2026-03-01 10:15:30Z",
                "2026-03-01",
                "0000-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "0001-01-01T00:00:00+01:00",
                "9999-12-31T23:59:59-01:00",
                "2026-03-01T10:15:30+18:01",
                "2026-03-01T10:15:30+0100",
                "2026-03-01T10:15:30",
                "2026-03-01T10:15:60Z",
                "20Jun,05 12:36:37",
                "1772359200",
                "",
                "2026-03-01T10:15:30Z ",
                "2026-03-01T10:15:30.1234567890Z",
                "\u0662026-03-01T10:15:30Z"
            })
    void timesThatNeedAGuessAreRefused(String text) {
        assertThatThrownBy(() -> sentAt(parser, text))
                .isInstanceOf(RecordException.class)
                .hasMessageStartingWith("sent ")
                .hasNoCause();
    }

    @Test
    void aLeapSecondIsTheSecondBeforeWithANote() throws IOException {
        SourceItem item = parse("{" + MINIMAL.replace("2026-03-01T10:15:30Z", "2016-12-31T15:59:60-08:00") + "}");

        assertThat(item.sentAt()).isEqualTo("2016-12-31T23:59:59Z");
        assertThat(item.properties().get("note")).contains("leap second");
    }

    @Test
    void aTimeWithoutAnOffsetNeedsTheConfiguredZoneAndIsNeverGuessedAtAChangeOfSummerTime() throws IOException {
        JsonRecordParser toronto =
                JsonRecordParser.builder().zone(ZoneId.of("America/Toronto")).build();

        assertThat(sentAt(toronto, "2026-07-01T10:00:00")).isEqualTo("2026-07-01T14:00:00Z");
        assertThatThrownBy(() -> sentAt(toronto, "2026-03-08T02:30:00")).hasMessageContaining("left out");
        assertThatThrownBy(() -> sentAt(toronto, "2026-11-01T01:30:00")).hasMessageContaining("came twice");
    }

    @Test
    void spellingOfTheJsonDoesNotChangeTheIdentity() throws IOException {
        SourceItem one = parse("{" + MINIMAL + ",\"text\":\"\u00E9\",\"to\":[]}");
        SourceItem two = parse("{ \"text\" : \"\\u00e9\" , " + MINIMAL + ", \"cc\" : null}");

        assertThat(ItemKey.of("c", two)).isEqualTo(ItemKey.of("c", one));
    }

    private SourceItem parse(String record) throws IOException {
        return parser.parse(new RawRecord("application/json", Content.ofUtf8(record), "a.jsonl:7"));
    }

    private static Instant sentAt(JsonRecordParser parser, String text) throws IOException {
        String record = "{" + MINIMAL.replace("2026-03-01T10:15:30Z", text) + "}";
        return parser.parse(new RawRecord("application/json", Content.ofUtf8(record), "a.jsonl:7"))
                .sentAt();
    }

    private void assertRefused(String record) {
        assertRefused(record.getBytes(StandardCharsets.UTF_8));
    }

    private void assertRefused(byte[] record) {
        assertThatThrownBy(() -> parser.parse(new RawRecord("application/json", Content.of(record), "a.jsonl:7")))
                .isInstanceOf(RecordException.class)
                .hasNoCause();
    }

    private static byte[] replaceAt(byte[] bytes, byte[] bad) {
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        return latin.replace("@", new String(bad, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(Attachment attachment) throws IOException {
        try (InputStream in = attachment.content().open()) {
            return in.readAllBytes();
        }
    }
}
