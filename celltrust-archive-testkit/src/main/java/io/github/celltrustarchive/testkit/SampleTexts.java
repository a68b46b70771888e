// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import java.util.List;

/** What people write to each other. */
final class SampleTexts {

    /** As in any phone: emoji, other scripts, line ends, markup, a formula; and short replies. */
    static final List<String> SHORT = List.of(
            "The papers are ready. See you at 3?",
            "Can you confirm the order for 500 shares?",
            "Running late \ud83d\ude05 start without me",
            "Team \ud83d\udc69\u200d\ud83d\udcbb\ud83d\udc68\ud83c\udffd\u200d\ud83d\udcbc from \ud83c\udde8\ud83c\udde6 and \ud83c\uddee\ud83c\uddf1 1\ufe0f\u20e3",
            "\u05e4\u05d2\u05d9\u05e9\u05d4 \u05de\u05d7\u05e8 \u05d1-10:00, \u05d1\u05e1\u05d3\u05e8?",
            "\u0634\u0643\u0631\u0627 \u062c\u0632\u064a\u0644\u0627",
            "Tsch\u00fcss, bis sp\u00e4ter \u2013 caf\u00e9 \u00e0 4\u00a0\u20ac",
            "Line one\nLine two\r\n.\nFrom here on a <b>bold</b> & \"quoted\" text",
            "=HYPERLINK(\"https://customer.example\")",
            "\u65e5\u672c\u8a9e\u306e\u30c6\u30ad\u30b9\u30c8\u3067\u3059",
            "Ok",
            "Ok");

    /** Answers of a second. */
    static final List<String> REPLIES =
            List.of("Ok", "Ok", "Yes", "Thx", "\ud83d\udc4d", "On my way", "\u05db\u05df", "?");

    /** What people react with. */
    static final List<String> REACTIONS =
            List.of("\ud83d\udc4d", "\u2764\ufe0f", "\ud83d\ude02", "\ud83d\udc4d\ud83c\udffe");

    private static final String PARAGRAPH =
            "As discussed, the order stays open until the close; please read the terms again \u2013 all of them. ";

    private SampleTexts() {}

    /** A text that no single text message holds. */
    static String lengthy(int paragraphs) {
        return PARAGRAPH.repeat(paragraphs).strip();
    }
}
