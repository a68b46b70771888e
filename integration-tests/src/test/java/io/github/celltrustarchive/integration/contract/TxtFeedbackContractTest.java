// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.source.TxtFeedbackParser;
import io.github.celltrustarchive.spi.RecordParser;
import io.github.celltrustarchive.testkit.contract.RecordParserContract;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** The parser of TxTFeedback pushes keeps the rules of parsers, in each form that a push comes in. */
class TxtFeedbackContractTest extends RecordParserContract {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data; boundary=b";

    @Override
    protected RecordParser parser() {
        return TxtFeedbackParser.builder().zone(ZoneId.of("America/Phoenix")).build();
    }

    @Override
    protected List<RawRecord> records() {
        return List.of(
                push(FORM, "spool:1", form("20Jun,05 12:36:37")),
                push(FORM, "Spool 2", form("20Jun,05 12:36:38") + "&Carrier=Rogers&Option=1"),
                push("text/xml", "spool:3", xml("20Jun,05 12:36:39")),
                push(MULTIPART, "spool:4", multipart("20Jun,05 12:36:40")),
                new RawRecord(
                        FORM,
                        Content.ofUtf8(form("20Jun,05 12:36:41")),
                        Map.of("photo.png", Content.of(new byte[] {1, 2, 3})),
                        "spool:5"),
                push(FORM, "spool:6", form(MARKER)),
                push("text/xml", "spool:7", xml(MARKER)),
                push(MULTIPART, "spool:8", multipart(MARKER)),
                push("text/plain", "spool:9", MARKER));
    }

    @Override
    protected List<String> sourceIds() {
        return List.of("spool:1", "Spool 2", "spool:3", "spool:4", "spool:5");
    }

    @Override
    protected int badRecords() {
        return 4;
    }

    private static RawRecord push(String type, String locator, String body) {
        return new RawRecord(type, Content.ofUtf8(body), locator);
    }

    private static String form(String time) {
        return "OriginatorAddress=12125550101&AcceptedTime="
                + time.replace(' ', '+').replace(",", "%2C")
                + "&DeliveryType=SMS&Message=See+you+at+three&CustomerNickname=Bank";
    }

    private static String xml(String time) {
        return "<Feedback><OriginatorAddress>12125550101</OriginatorAddress><AcceptedTime>" + time
                + "</AcceptedTime><DeliveryType>SMS</DeliveryType><Message>See you at four</Message></Feedback>";
    }

    private static String multipart(String time) {
        return field("OriginatorAddress", "12125550101")
                + field("AcceptedTime", time)
                + field("DeliveryType", "MMS")
                + field("Message", "Signed")
                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"note.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\nSigned.\r\n--b--\r\n";
    }

    private static String field(String name, String value) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }
}
