// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SizePolicy;
import io.github.celltrustarchive.model.SourceItem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The items behind the golden files. As a program, it prints the digest of each email, for other Java configurations. */
final class GoldenItems {

    private static final ConnectorProfile PROFILE = ConnectorProfile.builder("golden")
            .sizePolicy(new SizePolicy(1000, 2000))
            .build();

    private GoldenItems() {}

    /** Prints one line for each email. */
    public static void main(String[] args) throws Exception {
        for (Map.Entry<String, SourceItem> item : all().entrySet()) {
            System.out.println(item.getKey() + " " + sha256(eml(item.getValue())));
            System.out.println(item.getKey() + " filled " + sha256(filled(item.getValue())));
            System.out.println(item.getKey() + " passed through " + passedThroughSubject(item.getValue()));
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    static byte[] eml(SourceItem item) throws IOException {
        return Samples.bytes(
                new EmlMessageConverter(PROFILE).convert(item, ItemKey.of(PROFILE.name(), item), Samples.raw()));
    }

    /** The email that an author's converter makes of it. */
    static byte[] filled(SourceItem item) throws IOException {
        return Samples.bytes(new FilledSample(ConnectorProfile.cellTrust("golden"))
                .convert(item, ItemKey.of(PROFILE.name(), item), Samples.raw()));
    }

    /** The digest of what the envelope says of an email in the item's place: encoded-words that readers differ about. */
    private static String passedThroughSubject(SourceItem item) throws Exception {
        RawRecord email =
                Samples.rawEmail("Subject: =?UTF-8?Q?Gr=C3?= =?utf-8?q?=BC=C3=9Fe?= x=?UTF-8?Q?_y?=z\r\n\r\n");
        String subject = new EmlMessageConverter(PROFILE)
                .convert(item, ItemKey.of(PROFILE.name(), item), email)
                .envelope()
                .subject();
        return sha256(subject.getBytes(StandardCharsets.UTF_8));
    }

    static Map<String, SourceItem> all() {
        Map<String, SourceItem> items = new LinkedHashMap<>();
        items.put(
                "sms",
                Samples.sms("Lunch at 12?\nBring the = sign.")
                        .property("carrier", "rogers")
                        .build());
        items.put("group-mms", groupMms());
        items.put("hostile-sms", hostile());
        items.put(
                "call",
                SourceItem.builder("call-7", "CALL", Samples.SENT)
                        .sender(Samples.ANN)
                        .recipient(Samples.BOB)
                        .property("duration", "62")
                        .property("Istanbul TITLE", "i")
                        .build());
        items.put(
                "receipt",
                SourceItem.builder("m-1/read", "RECEIPT", Samples.SENT.plusSeconds(60))
                        .sender(Samples.BOB)
                        .recipient(Samples.ANN.withRole(ParticipantRole.TO))
                        .conversationId("c-1")
                        .relatedId("m-1")
                        .readAt(Samples.SENT.plusSeconds(59))
                        .property("status", "read")
                        .build());
        items.put(
                "edit",
                SourceItem.builder("m-1/2", "EDIT", Samples.SENT.plusSeconds(90))
                        .sender(Samples.ANN)
                        .recipient(Samples.BOB)
                        .conversationId("c-1")
                        .relatedId("m-1")
                        .text("Lunch at 13?")
                        .build());
        items.put("picture-mms", pictureMms());
        putEvents(items);
        return items;
    }

    private static void putEvents(Map<String, SourceItem> items) {
        items.put(
                "voicemail",
                SourceItem.builder("vm-4", "VOICEMAIL", Samples.SENT)
                        .sender(Samples.BOB)
                        .recipient(Samples.ANN.withRole(ParticipantRole.TO))
                        .text("Call me back.")
                        .property("callDuration", "PT1H2M3S")
                        .attachment(Samples.file("voicemail.amr", "audio/amr", new byte[9]))
                        .build());
        items.put(
                "reaction",
                SourceItem.builder("m-1/r", "REACTION", Samples.SENT.plusSeconds(120))
                        .sender(Samples.BOB)
                        .recipient(Samples.ANN.withRole(ParticipantRole.TO))
                        .recipient(Samples.to("BANK"))
                        .conversationId("c-1")
                        .relatedId("m-1")
                        .text("\ud83d\udc4d")
                        .build());
        items.put(
                "leave",
                SourceItem.builder("c-1/9", "LEAVE", Samples.SENT.plusSeconds(150))
                        .sender(Samples.BOB)
                        .recipient(Samples.ANN.withRole(ParticipantRole.TO))
                        .conversationId("c-1")
                        .build());
    }

    private static SourceItem pictureMms() {
        return Samples.sms("Signed")
                .attachment(Samples.file("page <1>.png", "image/png", new byte[5]))
                .attachment(Samples.file("page 2.jpg", "IMAGE/JPEG", new byte[6]))
                .attachment(Samples.file("scan.tiff", "image/tiff", new byte[7]))
                .property("X-Mms-Priority", "High")
                .property("mmsMessageClass", "Personal")
                .build();
    }

    private static SourceItem groupMms() {
        return SourceItem.builder("mms-3", "MMS", Samples.SENT)
                .sender(new Participant(ParticipantRole.FROM, "\u0130pek \u00c7elik", "12345", null, true))
                .recipient(Samples.ANN.withRole(ParticipantRole.TO))
                .recipient(Samples.to("BANK"))
                .recipient(Samples.BOB.withRole(ParticipantRole.CC))
                .text("\u5199\u771f\u3092\u9001\u308a\u307e\u3059 \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67")
                .attachment(Samples.file(
                        "na\u00efve caf\u00e9.txt", "text/plain", "Gr\u00fc\u00dfe".getBytes(StandardCharsets.UTF_8)))
                .attachment(Samples.file("empty.jpg", "image/jpeg", new byte[0]))
                .attachment(Samples.file("movie.mp4", "video/mp4", new byte[1001]))
                .build();
    }

    private static SourceItem hostile() {
        Participant victim = new Participant(
                ParticipantRole.TO, "Eve\r\nBcc: x@y.example", "tel:1;ext=2", "a@b.example,c@d.example", false);
        return SourceItem.builder("id\u0000=?utf-8?Q?=41?=", "SMS", Samples.SENT)
                .sender(Samples.ANN.withDisplayName("\u202eAnn \ud800 \"Lee\""))
                .recipient(victim)
                .text("From me\r\n.\r\n<script>alert(1)</script> \rbare \u202e\ud800\u0000 end ")
                .attachment(Samples.file("..\\gpj.\u202eexe", "multipart/x", new byte[60]))
                .build();
    }
}
