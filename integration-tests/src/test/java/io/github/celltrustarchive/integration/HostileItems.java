// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.SourceItem;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Items whose every field is out to break an email. The same seed gives the same items. */
final class HostileItems {

    private static final List<String> FRAGMENTS = List.of(
            "\r\nBcc: victim@corp.example",
            "\n",
            "\r",
            "\n\n<script>alert(1)</script>",
            "\u0000",
            "\u0007\u001b[31m",
            "\u0085X-Evil: 1",
            "\u2028",
            "\u2029",
            "\u009f",
            "\ud800",
            "\udc00x",
            "\ufffe",
            "gpj.\u202eexe",
            "\u2067\u2069\u200f",
            "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67\u200d\ud83d\udc66",
            "\ud83c\udde8\ud83c\udde6",
            "\ud83d\udc4d\ud83c\udffd",
            "1\ufe0f\u20e3",
            "=?utf-8?Q?=41?=",
            "=?UTF-8?B?QQ==?= =?UTF-8?B?Qg==?=",
            "--=_a_00000000000000000000000000000000",
            "\r\n--=_m_\r\n",
            "\r\n.\r\nFrom me to you\r\n",
            "From ",
            " ",
            "  ",
            "\t",
            "\"quo\\ted\"",
            "a,b;c:d<e>@f",
            "(comment",
            "%41%zz",
            "'; filename=\"x",
            "\u00dcn\u00efc\u00f6d\u00e9",
            "\u6f22\u5b57\u4eee\u540d",
            "Z\u0301\u0310\u0343\u034a",
            "\u0645\u0631\u062d\u0628\u0627",
            "word".repeat(40),
            "ordinary words of a text",
            "=3D=\r\n=",
            "x".repeat(2000));

    private static final List<String> EMAILS = List.of(
            "ann.lee@corp.example",
            "bob+tag@mail.corp.example",
            "a@b.example,c@d.example",
            "<a@b.example>c@d.example",
            "=?utf-8?Q?a?=@corp.example",
            "\"x y\"@corp.example",
            "victim@corp.example\r\nBcc: x@y.example",
            "a@localhost",
            "a@-b.example",
            "a..b@c.example",
            "a@b.example.",
            " a@b.example",
            "\u00fc@corp.example",
            "a@\u00fc.example",
            "a(comment)@corp.example",
            "a@[127.0.0.1]",
            "l".repeat(65) + "@corp.example",
            "a@" + "d".repeat(250) + ".example");

    private static final List<String> PHONES = List.of(
            "+16471111000",
            "+1 (202) 555-0100",
            "12345",
            "+",
            "BANK",
            "tel:+12025550100;ext=5",
            "=HYPERLINK(\"http://x.example\")",
            "\u0661\u0662\u0663",
            "1".repeat(40),
            "+1202,5550100");

    private static final List<String> FILES = List.of(
            "photo.jpg",
            "../../etc/passwd",
            "C:\\temp\\x.doc",
            "CON",
            "aux.txt",
            "x:stream",
            "",
            "..",
            "trailing. ",
            "gpj.\u202eexe",
            "n".repeat(300) + ".pdf",
            "\u6f22".repeat(150) + ".txt",
            "\ud83d\ude00".repeat(60) + ".png",
            "a\"b\\c.txt",
            "=?utf-8?Q?a?=.txt",
            "100%41.txt",
            "a'b''c.txt",
            "na\u00efve caf\u00e9.txt",
            "a;b=c.txt",
            "x\r\nContent-Type: text/html\r\n\r\n<b>.txt");

    private static final List<String> KINDS = List.of(
            "SMS", "MMS", "CHAT", "CALL", "VOICEMAIL", "RECEIPT", "EDIT", "DELETE", "REACTION", "JOIN", "LEAVE");

    private static final List<String> TYPES = List.of(
            "image/png",
            "image/jpeg",
            "text/plain; charset=utf-8",
            "text/html",
            "multipart/mixed",
            "message/rfc822",
            "a/b/c",
            "",
            "image/png\r\nX-Evil: 1",
            "text/plain;\r\n boundary=x");

    private final Random random;

    HostileItems(long seed) {
        random = new Random(seed);
    }

    SourceItem next() {
        SourceItem.Builder item = SourceItem.builder(
                        "id" + text(), random.nextInt(5) == 0 ? "K" + text() : oneOf(KINDS), sent())
                .sender(person(ParticipantRole.FROM))
                .text(random.nextInt(8) == 0 ? "" : text() + text() + text())
                .conversationId(maybe(text()))
                .relatedId(maybe(text()))
                .deliveredAt(random.nextInt(3) == 0 ? sent() : null)
                .readAt(random.nextInt(3) == 0 ? sent() : null)
                .property("carrier", text())
                .property("duration", random.nextBoolean() ? Integer.toString(random.nextInt(100_000)) : text())
                .property("status", text())
                .property("X-Mms-Priority", text())
                .property("mmsMessageClass", text())
                .property(text(), text());
        for (int i = random.nextInt(4); i > 0; i--) {
            item.recipient(person(oneOf(List.of(ParticipantRole.TO, ParticipantRole.CC, ParticipantRole.BCC))));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            item.attachment(new Attachment(oneOf(FILES), oneOf(TYPES), Content.of(bytes)));
        }
        return item.build();
    }

    private Instant sent() {
        return Instant.ofEpochSecond(random.nextInt(2_000_000_000), random.nextInt(1_000_000_000));
    }

    private Participant person(ParticipantRole role) {
        return new Participant(role, maybe(text()), maybe(oneOf(PHONES)), maybe(oneOf(EMAILS)), random.nextBoolean());
    }

    private @Nullable String maybe(String value) {
        return random.nextInt(4) == 0 ? null : value;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            text.append(oneOf(FRAGMENTS));
        }
        return text.toString();
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
