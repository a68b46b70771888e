// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.SourceItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Values that are out to break an email or a mapping: line breaks, controls, unpaired surrogates, encoded words, text in
 * both directions, boundaries, overlong words, addresses that aren't any. Whoever gets one into a header adds a field
 * named {@link #FIELD}.
 */
public final class HostileValues {

    /** The name of the header field that the values try to inject. */
    public static final String FIELD = "X-Injected";

    private static final List<String> TEXTS = List.of(
            "a\r\n" + FIELD + ": 1",
            "a\n" + FIELD + ": 1",
            "a\r" + FIELD + ": 1",
            "a\r\n\r\n" + FIELD + ": 1",
            "a\u0085" + FIELD + ": 1",
            "a\u2028" + FIELD + ": 1",
            "\u0000\u0007\u001b[31m\u009f",
            "\ud800 and \udc00x",
            "\u202egpj.exe\u2067\u2069",
            "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
            "=?utf-8?Q?=0D=0AX-Injected:_1?=",
            "=?UTF-8?B?QQ==?= =?UTF-8?B?Qg==?=",
            "\r\n--=_a_00000000000000000000000000000000\r\n",
            "\r\n.\r\nFrom me to you",
            " \t ",
            "\"quo\\ted\", (comment; a:b<c>@d",
            "'; filename=\"x",
            "\u6f22\u5b57\u4eee\u540d \u0645\u0631\u062d\u0628\u0627",
            "x".repeat(3_000));

    private static final List<String> ADDRESSES = List.of(
            "victim@corp.example\r\n" + FIELD + ": 1",
            "a@b.example,c@d.example",
            "<a@b.example>c@d.example",
            "=?utf-8?Q?a?=@corp.example",
            "\"x y\"@corp.example",
            "a@localhost",
            "a..b@c.example",
            "\u00fc@corp.example",
            "a@[127.0.0.1]",
            "@",
            "",
            "a@" + "d".repeat(300) + ".example");

    private HostileValues() {}

    /** Items each of whose texts, names, ids, properties and file names is hostile, all of the same shape. */
    public static List<SourceItem> items() {
        return TEXTS.stream().map(HostileValues::item).toList();
    }

    /** Participants whose name, number or address is hostile. */
    public static List<Participant> participants() {
        List<Participant> all = new ArrayList<>();
        for (String text : TEXTS) {
            all.add(new Participant(ParticipantRole.TO, text, null, null, false));
            all.add(new Participant(ParticipantRole.TO, null, text, null, false));
            all.add(new Participant(ParticipantRole.FROM, text, text, text, true));
        }
        for (String address : ADDRESSES) {
            all.add(Participant.ofEmail(ParticipantRole.CC, address));
        }
        all.add(new Participant(ParticipantRole.TO, null, null, null, false));
        all.add(new Participant(ParticipantRole.TO, "", "", "", true));
        return List.copyOf(all);
    }

    /** An item of the same shape as the hostile ones. */
    static SourceItem item(String text) {
        return SourceItem.builder("id" + text, "K" + text, Instant.parse("2026-11-20T14:03:27Z"))
                .sender(new Participant(ParticipantRole.FROM, text, text, text, false))
                .recipient(new Participant(ParticipantRole.TO, text, text, text, false))
                .recipient(new Participant(ParticipantRole.CC, text, text, text, true))
                .conversationId("c" + text)
                .relatedId("r" + text)
                .text("begin " + text + " end")
                .property("carrier", text)
                .property("p" + text, text)
                .attachment(new Attachment(text, text, Content.ofUtf8("bytes of the first file")))
                .attachment(new Attachment("a.txt" + text, "text/plain" + text, Content.ofUtf8("of the second")))
                .build();
    }
}
