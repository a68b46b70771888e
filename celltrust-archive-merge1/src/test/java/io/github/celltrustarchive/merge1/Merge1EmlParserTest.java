// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import static io.github.celltrustarchive.merge1.Emails.PROFILE;
import static io.github.celltrustarchive.merge1.Emails.email;
import static io.github.celltrustarchive.merge1.Emails.record;
import static io.github.celltrustarchive.merge1.Emails.withPicture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Merge1EmlParserTest {

    private final Merge1EmlParser parser = Merge1EmlParser.of(PROFILE);

    @Test
    void theFieldsOfTheSiteBecomeTheItem() throws Exception {
        SourceItem item = parser.parse(record(email("Hi")));

        assertThat(item.kind()).isEqualTo("SMS");
        assertThat(item.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(item.sentAt()).isEqualTo("2026-03-02T14:15:30Z");
        assertThat(item.sender())
                .isEqualTo(new Participant(ParticipantRole.FROM, "Ann Lee", null, "ann.lee@bank.example", false));
        assertThat(item.recipients())
                .containsExactly(
                        new Participant(ParticipantRole.TO, "Ray, Bob", null, "bob@customer.example", false),
                        Participant.ofPhone(ParticipantRole.TO, "+12025550199"));
        assertThat(item.sourceId()).isEqualTo("sha256:" + item.properties().get("meaning-sha256"));
    }

    @Test
    void withoutTheEmailFieldTheAddressFieldsNameTheParticipants() throws Exception {
        String eml = email("Hi")
                .replaceAll("X-CellTrust-Email: .*\r\n", "")
                .replace(
                        "Date:",
                        "Cc: team: eve@bank.example, eve@bank.example;\r\nBCC: zoe@bank.example (Zoe)\r\nDate:");

        assertThat(parser.parse(record(eml)).recipients())
                .containsExactly(
                        new Participant(ParticipantRole.TO, "Ray, Bob", null, "bob@customer.example", false),
                        Participant.ofPhone(ParticipantRole.TO, "+12025550199"),
                        Participant.ofEmail(ParticipantRole.CC, "eve@bank.example"),
                        new Participant(ParticipantRole.BCC, "Zoe", null, "zoe@bank.example", false));
    }

    @Test
    void theEmailFieldMayHoldAListAndHaveAnotherName() throws Exception {
        String eml = email("Hi")
                .replaceAll("X-CellTrust-Email: .*\r\n", "")
                .replace(
                        "Date:", "x-users: Ann.Lee@bank.example; eve@bank.example,\r\n\tbob@customer.example\r\nDate:");

        assertThat(Merge1EmlParser.builder(PROFILE)
                        .emailHeader("X-Users")
                        .build()
                        .parse(record(eml))
                        .participants())
                .extracting(Participant::email)
                .containsExactly("ann.lee@bank.example", "eve@bank.example", "bob@customer.example", null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.example c@d.example",
                "<a@b.example>c@d.example",
                "\"Ann <a@b.example>",
                "<<a@b.example>>",
                "<a@b.example> <c@d.example>"
            })
    void anEntryThatWouldHaveToBeRepairedIsKeptAsItIs(String entry) throws Exception {
        String eml = email("Hi").replaceFirst("From: .*\r\n", "From: " + entry.replace("\\", "\\\\") + "\r\n");
        Participant sender = parser.parse(record(eml)).sender();

        assertThat(io.github.celltrustarchive.model.AddrSpec.isValid(String.valueOf(sender.email())))
                .isFalse();
    }

    @Test
    void namesAreDecodedWhateverTheCharset() throws Exception {
        String eml = email("Hi").replace("Ann Lee <", "=?iso-8859-1?q?Jos=E9?= =?utf-8?b?IMOJ?= <");
        byte[] raw = email("Hi").replace("Ann Lee", "Jos\u00e9").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(parser.parse(record(eml)).sender().displayName()).isEqualTo("Jos\u00e9 \u00c9");
        assertThat(parser.parse(record(raw)).sender().displayName()).isEqualTo("Jos\u00e9");
    }

    @Test
    void theSameEmailTransportedOrExportedAgainIsTheSameItem() throws Exception {
        String eml = withPicture("Hi", "one");

        assertThat(key(withPicture("Hi", "\"another boundary\"")
                        .replace("--\"", "--")
                        .replace("y\"", "y")))
                .isEqualTo(key(eml));
        assertThat(key("Received: from x by y; Tue, 03 Mar 2026 00:00:00 +0000\r\n" + eml))
                .isEqualTo(key(eml));
        assertThat(key(eml.replace("<1@", "<2@"))).isEqualTo(key(eml));
        assertThat(key(eml.replaceAll("Message-ID: .*\r\n", ""))).isEqualTo(key(eml));
        assertThat(key(eml.replace("AAEC\r\nAwQ=", "AAECAwQ="))).isEqualTo(key(eml));
        assertThat(key(eml.replace("Hi=20=\r\n!", "Hi !"))).isEqualTo(key(eml));
        assertThat(key(eml.replace("\r\n", "\n"))).isEqualTo(key(eml));
        assertThat(key(eml.replace("To: \"Ray, Bob\"", "To:\r\n \"Ray, Bob\""))).isEqualTo(key(eml));
        assertThat(key(eml.replace("This is a multi-part message in MIME format.", " ")))
                .isNotEqualTo(key(eml));
    }

    @ParameterizedTest
    @CsvSource({
        "Hi=20, Ho=20",
        "AwQ=, AwU=",
        "a.png, b.png",
        "image/png, image/gif",
        "Subject: SMS, Subject: MMS",
        "15:30 -, 15:31 -",
        "Ann Lee, Ann Loe",
        "AwQ=, A*wQ=",
        "outbound, inbound"
    })
    void whateverTheReaderWouldSeeIsPartOfTheMeaning(String from, String to) throws Exception {
        String eml = withPicture("Hi", "one");

        assertThat(eml).contains(from);
        assertThat(key(eml.replace(from, to))).isNotEqualTo(key(eml));
    }

    @Test
    void anEmailWhoseBoundariesAreBrokenMeansAllItsText() throws Exception {
        String broken = withPicture("Hi", "one").replace("boundary=one", "boundary=two");

        assertThat(key(broken)).isNotEqualTo(key(broken.replace("AwQ=", "AwU=")));
        assertThat(key(broken.replace("boundary=two", "x=y"))).isNotEqualTo(key(broken));
    }

    @Test
    void aSharedMessageIdMakesTwoItems() throws Exception {
        assertThat(key(email("Hi"))).isNotEqualTo(key(email("Ho")));
    }

    @Test
    void theSourcesOwnIdIsKeptSoThatOtherContentIsARevision() throws Exception {
        String eml = email("Hi").replace("Date:", "X-CellTrust-Message-Id: Id 7\r\nDate:");

        assertThat(parser.parse(record(eml)).sourceId()).isEqualTo("Id 7");
        assertThat(parser.parse(record(eml.replace("Hi", "Ho"))).sourceId()).isEqualTo("Id 7");
        assertThat(key(eml)).isNotEqualTo(key(eml.replace("Hi", "Ho")));
    }

    @Test
    void messageIdsThatAreStableTellEqualTextsApart() throws Exception {
        Merge1EmlParser stable =
                Merge1EmlParser.builder(PROFILE).stableMessageIds(true).build();
        SourceItem one = stable.parse(record(email("Ok")));
        SourceItem other = stable.parse(record(email("Ok").replace("<1@", "<2@")));

        assertThat(one.sourceId()).isEqualTo("<1@merge1.example>");
        assertThat(ItemKey.of("c", one)).isNotEqualTo(ItemKey.of("c", other));
    }

    @Test
    void anAttachmentIsDecodedWhileItIsRead() throws Exception {
        SourceItem item = parser.parse(record(withPicture("Hi", "one")));

        assertThat(item.attachments()).hasSize(1);
        Attachment picture = item.attachments().get(0);
        assertThat(picture.fileName()).isEqualTo("a.png");
        assertThat(picture.mediaType()).isEqualTo("image/png");
        assertThat(picture.content().size()).isEqualTo(5);
        try (InputStream in = picture.content().open()) {
            assertThat(in.readAllBytes()).containsExactly(0, 1, 2, 3, 4);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "filename*=utf-8'en'%C3%A9%41.png | \u00e9A.png",
                "filename*0=\"a \"; filename*1=b.png | a b.png",
                "filename*0*=utf-8''%C3%A9; filename*1=\"%41.png\" | \u00e9%41.png",
                "filename==?utf-8?q?=C3=A9.png?= | \u00e9.png",
                "filename=\"../../\\\"x\" | ../../\"x"
            })
    void fileNamesAreReadAsMailWritesThem(String parameter, String name) throws Exception {
        String eml = withPicture("Hi", "one").replace("attachment; filename=\"a.png\"", "attachment; " + parameter);

        assertThat(parser.parse(record(eml)).attachments().get(0).fileName()).isEqualTo(name.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 Mar 2026 14:15:30 GMT | 2026-03-02T14:15:30Z",
                "MON, 02 MAR 26 09:15 EST (winter) | 2026-03-02T14:15:00Z",
                "Sat, 31 Dec 2016 23:59:60 +0000 | 2016-12-31T23:59:59Z",
                "1 Jan 1900 00:00:00 +0000 | 1900-01-01T00:00:00Z"
            })
    void datesOfRfc5322AreRead(String date, String instant) throws Exception {
        assertThat(parser.parse(dated(date)).sentAt()).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "Mon, 30 Feb 2026 09:15:30 -0500", "2026-03-02T14:15:30", "31 Dec 1899 00:00:00 +0000",
                "2 Mar 2026 14:15:30", "2 Mar 2026 25:00:00 +0000", "2 Mar 2026 14:15:30 +1900",
                        "2 Mar 12026 1:00:00 GMT",
                "2 Mar 2026 14:15:30 +0000 x"
            })
    void withoutAReadableDateTheEmailIsHeld(String date) {
        assertThatThrownBy(() -> parser.parse(dated(date)))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("Date");
    }

    @Test
    void theReceivedTimeStandsInOnlyIfThatIsWanted() throws Exception {
        SourceItem item = Merge1EmlParser.builder(PROFILE)
                .receivedTimeForMissingDate(true)
                .build()
                .parse(dated("soon"));

        assertThat(item.sentAt()).isEqualTo("2026-03-02T14:15:31Z");
        assertThat(item.properties()).containsEntry("note", "date-is-received-time date-unreadable");
    }

    @Test
    void anEmailWithNobodyIsHeld() {
        String eml = email("Hi").replaceAll("(From|X-CellTrust-Email): .*\r\n", "");

        assertThatThrownBy(() -> parser.parse(record(eml)))
                .isInstanceOf(RecordException.class)
                .hasMessage("neither From nor X-CellTrust-Email names anybody");
    }

    @Test
    void megabytesOfFieldsThatDoNotMatterAreNoMatter() throws Exception {
        String eml = "X-Junk: " + "x".repeat(9_000_000) + "\r\n" + email("Hi");

        assertThat(key(eml)).isEqualTo(key(email("Hi")));
        assertThatThrownBy(() -> key("From: " + "x".repeat(5_000_000) + "\r\n" + email("Hi")))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("over 4194304 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {":", "<", "(", "\"", "\\", "a@b "})
    void addressFieldsOfMegabytesAreReadInSeconds(String filler) {
        String field = "a".repeat(1_000_000) + "@" + filler.repeat(1_000_000 / filler.length());

        assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> parser.parse(record(email("Hi").replace("To: ", "To: " + field))));
    }

    @Test
    void anEmailToMoreThanAHundredThousandIsHeld() {
        String eml = email("Hi").replace("To: ", "To: " + "a,".repeat(100_001));

        assertThatThrownBy(() -> parser.parse(record(eml)))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("100000 addresses");
    }

    @Test
    void tenThousandLevelsOfPartsAreRead() throws Exception {
        StringBuilder eml = new StringBuilder(
                email("").stripTrailing().replace("text/plain; charset=utf-8", "multipart/mixed; boundary=b0"));
        eml.append("\r\n\r\n");
        for (int i = 0; i < 10_000; i++) {
            eml.append("--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n".formatted(i, i + 1));
        }
        String deep = eml.append("\r\nthe end").toString();

        assertThat(key(deep)).isNotEqualTo(key(deep.replace("the end", "The end")));
    }

    @Test
    void turkishLettersChangeNothing() throws Exception {
        String here = key(withPicture("Hi", "one").replace("Content-Disposition", "CONTENT-DISPOSITION"));
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(key(withPicture("Hi", "one"))).isEqualTo(here);
        } finally {
            Locale.setDefault(before);
        }
    }

    private RawRecord dated(String date) {
        return record(email("Hi").replaceFirst("Date: .*\r\n", "Date: " + date + "\r\n"));
    }

    private String key(String eml) throws Exception {
        return ItemKey.of("merge1", parser.parse(record(eml))).hex();
    }
}
