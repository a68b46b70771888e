// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TxtFeedbackParserTest {

    private static final String FORM = "CustomerNickname=AAA&ResponseType=NORMAL&Keyword=MSG&Option=&Data=Hello+All"
            + "&Message=AAA+MSG+Hello+All&OriginatorAddress=16471111000&AcceptedTime=20Jun%2C05+12%3A36%3A37"
            + "&DeliveryType=SMS&Carrier=rogers&NetworkType=gsm";
    private static final String FORM_TYPE = "application/x-www-form-urlencoded";
    private static final String XML = "<?xml version=\"1.0\"?>\n<TxTFeedback>\n<CustomerNickname>AAA</CustomerNickname>"
            + "<ResponseType>NORMAL</ResponseType><Keyword>MSG</Keyword><Option/><Data>Hello All</Data>"
            + "<Message>AAA MSG Hello All</Message><OriginatorAddress>16471111000</OriginatorAddress>"
            + "<AcceptedTime>20Jun,05 12:36:37</AcceptedTime><DeliveryType>SMS</DeliveryType>"
            + "<Carrier>rogers</Carrier><NetworkType>gsm</NetworkType></TxTFeedback>";
    private static final String MULTIPART_TYPE = "multipart/form-data; boundary=xyz";

    private final TxtFeedbackParser parser =
            TxtFeedbackParser.builder().zone(ZoneId.of("America/Toronto")).build();

    static Stream<RawRecord> samePushInEachForm() {
        return Stream.of(
                record(FORM_TYPE, FORM),
                record("Application/X-WWW-Form-Urlencoded; charset=utf-8", FORM),
                record("text/xml", XML),
                record("application/txtfeedback+xml; charset=UTF-8", XML),
                record(MULTIPART_TYPE, multipart()));
    }

    @ParameterizedTest
    @MethodSource("samePushInEachForm")
    void everyFormOfAPushIsTheSameItem(RawRecord push) throws Exception {
        SourceItem item = parser.parse(push);

        assertThat(item.kind()).isEqualTo("SMS");
        assertThat(item.direction()).isEqualTo(Direction.INBOUND);
        assertThat(item.sentAt()).isEqualTo("2005-06-20T16:36:37Z").isEqualTo(item.receivedAt());
        assertThat(item.sender().phone()).as("kept as it came").isEqualTo("16471111000");
        assertThat(item.recipients()).extracting(Participant::displayName).containsExactly("AAA");
        assertThat(item.text()).isEqualTo("AAA MSG Hello All");
        assertThat(item.properties())
                .isEqualTo(Map.of(
                        "CustomerNickname", "AAA",
                        "ResponseType", "NORMAL",
                        "Keyword", "MSG",
                        "Data", "Hello All",
                        "AcceptedTime", "20Jun,05 12:36:37",
                        "Carrier", "rogers",
                        "NetworkType", "gsm",
                        "note", "no id in the feed: the push itself is the message"));
    }

    @Test
    void theSameWordsInTheSameSecondAreTwoMessagesAndARecordReadAgainIsOne() throws Exception {
        RawRecord first = new RawRecord(FORM_TYPE, Content.ofUtf8(FORM), "spool:1");
        RawRecord second = new RawRecord(FORM_TYPE, Content.ofUtf8(FORM), "spool:2");

        assertThat(key(first)).isNotEqualTo(key(second));
        assertThat(key(first)).isEqualTo(key(new RawRecord(FORM_TYPE, Content.ofUtf8(FORM), "spool:1")));
    }

    @Test
    void withoutMessageDataIsTheText() throws Exception {
        SourceItem item = parser.parse(record(FORM_TYPE, FORM.replace("&Message=AAA+MSG+Hello+All", "")));

        assertThat(item.text()).isEqualTo("Hello All");
    }

    @Test
    void aFieldThatIsNotKnownIsKept() throws Exception {
        SourceItem item = parser.parse(record(FORM_TYPE, FORM + "&Shortcode=12345&note=theirs"));

        assertThat(item.properties()).containsEntry("Shortcode", "12345");
        assertThat(item.properties().get("note")).startsWith("theirs; no id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OriginatorAddress", "AcceptedTime", "DeliveryType"})
    void aPushWithoutARequiredFieldIsHeldAndTheReasonNamesIt(String field) {
        for (String bad : List.of(FORM.replace(field, "X"), FORM.replaceAll(field + "=[^&]*", field + "=+"))) {
            assertThatExceptionOfType(RecordException.class)
                    .isThrownBy(() -> parser.parse(record(FORM_TYPE, bad)))
                    .withMessageStartingWith(field);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20Jun,2005 12:36:37",
                "20jun,05 12:36:37",
                "20Juin,05 12:36:37",
                "20Mai,05 12:36:37",
                "31Jun,05 12:36:37",
                "20Jun,05 24:00:00",
                "20Jun,05 12:36",
                "20Jun,05 12:36:37 ",
                "20Jun,05T12:36:37",
                "13Mar,22 02:30:00", // left out by the change to summer time
                "06Nov,22 01:30:00" // came twice in the change from summer time
            })
    void aTimeThatIsNoneOrCouldBeTwoIsHeldNotGuessed(String time) {
        assertThatExceptionOfType(RecordException.class)
                .isThrownBy(() -> parser.parse(record(FORM_TYPE, FORM.replace("20Jun%2C05+12%3A36%3A37", time))))
                .withMessageStartingWith("AcceptedTime")
                .withMessageNotContaining(time);
    }

    @Test
    void theYearIsOfThisCentury() throws Exception {
        assertThat(parser.parse(record(FORM_TYPE, FORM.replace("Jun%2C05", "Jan%2C99")))
                        .sentAt())
                .isEqualTo("2099-01-20T17:36:37Z");
    }

    static Stream<RawRecord> hostile() {
        String doctype = "<!DOCTYPE f [<!ENTITY a SYSTEM \"file:///etc/hostname\"><!ENTITY b \"&a;&a;\">]>";
        return Stream.of(
                record(FORM_TYPE, FORM + "&Carrier=bell"),
                record(FORM_TYPE, FORM + "&x=%4"),
                record(FORM_TYPE, FORM + "&x=%zz"),
                record(FORM_TYPE, FORM + "&x=%e9"), // not UTF-8
                record(FORM_TYPE + "; charset=klingon", FORM),
                record(FORM_TYPE, FORM + "&" + "x".repeat(201) + "=1"),
                record(FORM_TYPE, FORM + manyFields()),
                record(FORM_TYPE, ""),
                record("application/json", "{}"),
                record("nonsense", FORM),
                record(MULTIPART_TYPE, multipart().replace("--xyz--", "")),
                record(MULTIPART_TYPE, multipart().replace("\"Carrier\"", "\"Keyword\"")),
                record("multipart/form-data", multipart()),
                record(MULTIPART_TYPE, multipart().replaceFirst("Content-Disposition.*", "Content-Type: text/plain")),
                record("text/xml", XML.replace("<TxTFeedback>", doctype + "<TxTFeedback>")),
                record("text/xml", XML.replace("?>", "?>" + doctype).replace("rogers", "&b;")),
                record("text/xml", XML.replace("rogers", "&unknown;")),
                record("text/xml", XML.replace("rogers", "&#0;")),
                record("text/xml", XML.replace("rogers", "<x>rogers</x>")),
                record("text/xml", XML.replace("<Option/>", "<Carrier>bell</Carrier>")),
                record("text/xml", XML.replace("<Option/>", "words")),
                record("text/xml", XML + "<TxTFeedback/>"),
                record("text/xml", XML.substring(0, XML.length() - 5)),
                record("text/xml", "<a>".repeat(100_000)),
                record("text/xml; charset=us-ascii", XML.replace("rogers", "\u00e9")),
                record("text/xml", XML.replace("?>", " encoding=\"ebcdic-cp-us\"?>")),
                new RawRecord("text/xml", Content.of(latin1(XML.replace("rogers", "\u00e9"))), "spool:1"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void whatIsWrongOrDangerousIsHeldAndTheReasonQuotesNothing(RawRecord push) {
        assertThatExceptionOfType(RecordException.class)
                .isThrownBy(() -> parser.parse(push))
                .satisfies(e -> assertThat(e).hasNoCause())
                .withMessageNotContainingAny("rogers", "bell", "16471111000", "Hello", "klingon", "ebcdic");
    }

    @Test
    void nothingIsIncludedIntoXml() throws Exception {
        String include = "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/hostname\"/>";

        SourceItem item = parser.parse(record("text/xml", XML.replace("<Option/>", include)));

        assertThat(item.properties()).doesNotContainKey("include");
    }

    @Test
    void otherCharsetsAreReadAsDeclared() throws Exception {
        String xml = XML.replace("rogers", "\u00e9").replace("?>", " encoding=\"ISO-8859-1\"?>");
        String form = FORM.replace("rogers", "%e9");
        TxtFeedbackParser latin1 = TxtFeedbackParser.builder()
                .zone(ZoneId.of("UTC"))
                .charset(StandardCharsets.ISO_8859_1)
                .build();

        for (SourceItem item : List.of(
                parser.parse(new RawRecord("text/xml", Content.of(latin1(xml)), "spool:1")),
                parser.parse(new RawRecord(
                        "text/xml",
                        Content.of(XML.replace("rogers", "\u00e9").getBytes(StandardCharsets.UTF_16)),
                        "spool:1")),
                parser.parse(record(FORM_TYPE + "; charset=windows-1252", form)),
                latin1.parse(record(FORM_TYPE, form)))) {
            assertThat(item.properties()).containsEntry("Carrier", "\u00e9");
        }
    }

    @Test
    void filesOfAFormAndPartsOfTheRecordAreAttachments() throws Exception {
        String file = "--xyz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\nline\r\n\r\n--xyz--";
        RawRecord push = new RawRecord(
                MULTIPART_TYPE,
                Content.ofUtf8(multipart().replace("--xyz--", file)),
                Map.of("b.jpg", Content.ofUtf8("beside")),
                "spool:1");

        SourceItem item = parser.parse(push);

        List<String> contents = new ArrayList<>();
        for (var attachment : item.attachments()) {
            try (InputStream in = attachment.content().open()) {
                byte[] bytes = in.readAllBytes();
                assertThat(attachment.content().size()).isEqualTo(bytes.length);
                contents.add(attachment.fileName() + ", " + attachment.mediaType() + ": "
                        + new String(bytes, StandardCharsets.UTF_8));
            }
        }
        assertThat(contents).containsExactly("a.txt, text/plain: line\r\n", "b.jpg, application/octet-stream: beside");
    }

    @Test
    void aRecordOverTheLimitIsHeld() {
        TxtFeedbackParser small = TxtFeedbackParser.builder()
                .zone(ZoneId.of("UTC"))
                .maxRecordBytes(100)
                .build();

        assertThatExceptionOfType(RecordException.class).isThrownBy(() -> small.parse(record(FORM_TYPE, FORM)));
    }

    @Test
    void withoutAZoneNothingIsBuilt(@TempDir Path folder) {
        assertThatThrownBy(() -> TxtFeedbackParser.builder().maxRecordBytes(0).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("zone")
                .hasMessageContaining("maxRecordBytes");
        assertThatThrownBy(() -> TxtFeedback.openSpool(folder, ConnectorProfile.cellTrust("sms")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("zone");
    }

    private ItemKey key(RawRecord record) throws IOException {
        return ItemKey.of("sms", parser.parse(record));
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String manyFields() {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            fields.append("&f").append(i).append("=1");
        }
        return fields.toString();
    }

    private static String multipart() {
        StringBuilder form = new StringBuilder();
        for (String field : FORM.split("&", -1)) {
            String[] parts = field.split("=", 2);
            String value = URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
            form.append("--xyz\r\nContent-Disposition: form-data; name=\"")
                    .append(parts[0])
                    .append("\"\r\n\r\n")
                    .append(value)
                    .append("\r\n");
        }
        return form.append("--xyz--").toString();
    }

    private static RawRecord record(String mediaType, String body) {
        return new RawRecord(mediaType, Content.ofUtf8(body), "spool:1");
    }
}
