// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples.smsbackup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordException;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageParserTest {

    private static final String CID = "+12025550102";
    private static final String DAN = "+12025550103";

    @Test
    void aReceivedTextIsFromTheOtherToTheOwner() throws IOException {
        SourceItem item = parse(Backup.sms(1_762_077_807_123L, 1, "Hi"));

        assertThat(item.direction()).isEqualTo(Direction.INBOUND);
        assertThat(item.sentAt()).isEqualTo(Instant.parse("2025-11-02T10:03:27.123Z"));
        assertThat(item.sender()).isEqualTo(from(Backup.BOB));
        assertThat(item.recipients()).containsExactly(to(Backup.OWNER));
        assertThat(item.text()).isEqualTo("Hi");
        assertThat(item.properties()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2,", "3,draft", "4,outbox", "5,failed", "6,queued"})
    void aTextOfTheOwnersIsToTheOtherAndSaysIfItWasNeverSent(int type, String status) throws IOException {
        SourceItem item = parse(Backup.sms(1, type, "Hi"));

        assertThat(item.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(item.sender()).isEqualTo(from(Backup.OWNER));
        assertThat(item.recipients()).containsExactly(to(Backup.BOB));
        assertThat(item.properties().get("status")).isEqualTo(status);
    }

    @Test
    void theTextNullIsATextAndTheNumberNullIsNone() throws IOException {
        SourceItem item = parse(Backup.sms(1, 1, "null").replace(Backup.BOB, "null"));

        assertThat(item.text()).isEqualTo("null");
        assertThat(item.sender().phone()).isNull();
        assertThat(item.recipients()).containsExactly(to(Backup.OWNER));
    }

    @Test
    void aReceivedGroupMessageHasEverybodyOnceAndTheOwnerThoughThePhoneLeftItsNumberOut() throws IOException {
        SourceItem item = parse(Backup.mms(
                1,
                CID + "~" + Backup.BOB + "~" + DAN,
                Backup.text("Hi"),
                Backup.addr(CID, 137),
                Backup.addr(Backup.BOB, 151)));

        assertThat(item.sender()).isEqualTo(from(CID));
        assertThat(item.recipients()).containsExactlyInAnyOrder(to(Backup.BOB), to(Backup.OWNER), to(DAN));
    }

    @Test
    void theOwnersNumberHasOneSpellingSoThatItsMailboxIsFound() throws IOException {
        SourceItem item = parse(
                Backup.mms(1, CID, Backup.text("Hi"), Backup.addr(CID, 137), Backup.addr("1 (202) 555-0100", 151)));

        assertThat(item.recipients()).containsExactly(to(Backup.OWNER));
    }

    @Test
    void aSentGroupMessageHasTheRolesOfItsAddresses() throws IOException {
        SourceItem item = parse(Backup.mms(
                2,
                Backup.BOB + "~" + CID + "~" + DAN,
                Backup.text("Hi"),
                Backup.addr("insert-address-token", 137),
                Backup.addr(Backup.BOB, 151),
                Backup.addr(CID, 130),
                Backup.addr(DAN, 129)));

        assertThat(item.sender()).isEqualTo(from(Backup.OWNER));
        assertThat(item.recipients())
                .containsExactly(
                        to(Backup.BOB),
                        Participant.ofPhone(ParticipantRole.CC, CID),
                        Participant.ofPhone(ParticipantRole.BCC, DAN));
    }

    @Test
    void partsAreTextsAndAttachmentsInTheirOrder() throws IOException {
        SourceItem item = parse(Backup.mms(
                1,
                Backup.BOB,
                "<part ct=\"application/smil\" text=\"&lt;smil/&gt;\" />" + Backup.text("one") + Backup.picture()
                        + Backup.text("two &#55357;&#56832;")
                        + "<part ct=\"text/x-vCard\" name=\"bob.vcf\" text=\"BEGIN:VCARD\" />",
                Backup.addr(Backup.BOB, 137)));

        assertThat(item.text()).isEqualTo("one\ntwo \ud83d\ude00");
        assertThat(item.attachments()).hasSize(2);
        assertThat(item.attachments().get(0).fileName()).isEqualTo("a.png");
        assertThat(item.attachments().get(0).mediaType()).isEqualTo("image/png");
        assertThat(item.attachments().get(0).content().open().readAllBytes()).containsExactly(1);
        assertThat(item.attachments().get(1).fileName()).isEqualTo("bob.vcf");
        assertThat(item.attachments().get(1).content().open().readAllBytes())
                .asString()
                .isEqualTo("BEGIN:VCARD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<part ct=\"image/png\" text=\"null\" />",
                "<part ct=\"image/png\" data=\"A\" />",
                "<part ct=\"image/png\" data=\"A*==\" />",
            })
    void aPictureThatIsNotThereOrDamagedHoldsTheMessage(String part) {
        assertThatExceptionOfType(RecordException.class)
                .isThrownBy(() -> parse(Backup.mms(1, Backup.BOB, part, Backup.addr(Backup.BOB, 137))))
                .withMessageStartingWith("part.data ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sms address='1' date='1' type='1' body='&#55357;'/>",
                "<sms address='1' date='1' type='1' body='&#55357; &#56832;'/>",
                "<sms address='1' date='1' type='1' body='&#56832;&#55357;'/>",
                "<sms address='1' date='1' type='1' body='&undeclared;'/>",
                "<sms address='1' date='1' type='1' body='&#0;'/>",
                "<sms address='1' date='1' type='1' body='a < b'/>",
                "<sms address='1' date='1' type='1' type='2' body=''/>",
                "<sms address='1' date='1' type='1'/>",
                "<sms address='1' date='soon' type='1' body=''/>",
                "<sms address='1' date='9999999999999999' type='1' body=''/>",
                "<sms address='1' date='1' type='0' body=''/>",
                "<mms date='1' msg_box='1' address='1'><addrs><addr address='1' type='7'/></addrs></mms>",
                "<mms date='1' msg_box='1'><parts></addrs></mms>",
                "<!DOCTYPE sms [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><sms date='1' type='1' body='&x;'/>",
                "<!DOCTYPE z [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><sms date='1' type='1' body='&b;'/>",
                "<!DOCTYPE sms><sms date='1' type='1' address='1' body=''/>",
                "<call/>",
                ""
            })
    void aRecordThatIsNotAMessageIsHeld(String record) {
        assertThatExceptionOfType(RecordException.class).isThrownBy(() -> parse(record));
    }

    @ParameterizedTest
    @CsvSource({
        "&#55357;&#56832;,&#128512;",
        "&#xD83D;&#xdE00;,&#128512;",
        "&#xd83d;&#56832;,&#128512;",
        "&#12345;&#55357;&#56832;,&#12345;&#128512;",
        "&#55357;&#55357;&#56832;,&#55357;&#128512;",
        "&#55296;&#56320;,&#65536;",
        "&#56319;&#57343;,&#1114111;",
        "&#55295;&#56320;,&#55295;&#56320;",
        "&#56320;&#56320;,&#56320;&#56320;",
        "&#55357;&#57344;,&#55357;&#57344;",
        "&amp;#55357;&amp;#56832;,&amp;#55357;&amp;#56832;"
    })
    void onlyTheTwoHalvesOfOneCharacterAreJoined(String written, String joined) {
        assertThat(SurrogatePairs.join(written.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .asString()
                .isEqualTo(joined);
    }

    private static SourceItem parse(String record) throws IOException {
        return new MessageParser(Backup.OWNER, true)
                .parse(new RawRecord("application/xml", Content.ofUtf8(record), "record"));
    }

    private static Participant from(String phone) {
        return Participant.ofPhone(ParticipantRole.FROM, phone);
    }

    private static Participant to(String phone) {
        return Participant.ofPhone(ParticipantRole.TO, phone);
    }
}
