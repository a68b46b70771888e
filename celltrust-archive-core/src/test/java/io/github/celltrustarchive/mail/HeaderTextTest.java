// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderTextTest {

    private final Set<Note> notes = EnumSet.noneOf(Note.class);

    @Test
    @DisplayName("invariant 23: no code point at all can begin a new header line")
    void noCodePointCanBeginANewLine() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            HeaderFields header = new HeaderFields(notes);
            header.text("A", "x" + Character.toString(c) + "B: y");
            String line = new String(header.toByteArray(), StandardCharsets.ISO_8859_1);

            assertThat(line.indexOf('\r')).as("U+%04X", c).isEqualTo(line.length() - 2);
        }
    }

    @Test
    void ordinaryTextPassesUnchangedAndUnnoted() {
        String text = "Ann Lee \u00fc \u6f22 \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 \ud83c\udde8\ud83c\udde6";

        assertThat(HeaderText.clean(text, 80, notes)).isEqualTo(text);
        assertThat(notes).isEmpty();
    }

    @Test
    void everyChangeIsNoted() {
        assertThat(HeaderText.clean("a\u0000b\tc\ud800d\u202ee", 80, notes)).isEqualTo("a\uFFFDb c\uFFFDde");
        assertThat(notes).containsExactly(Note.CONTROL_CHARACTERS, Note.BIDI_CONTROLS, Note.UNPAIRED_SURROGATES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
                "\ud83c\udde8\ud83c\udde6",
                "\ud83d\udc4d\ud83c\udffd",
                "e\u0301\u0301",
                "1\ufe0f\u20e3",
                "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f"
            })
    void whatAPersonSeesAsOneCharacterIsNeverCut(String one) {
        String text = "ab" + one + "cd";
        for (int max = 1; max < text.length(); max++) {
            String cut = HeaderText.clean(text, max, notes);

            assertThat(cut)
                    .as("at %d", max)
                    .isIn("\u2026", "a\u2026", "ab\u2026", "ab" + one + "\u2026", "ab" + one + "c\u2026");
            assertThat(cut.length()).isLessThanOrEqualTo(max);
        }
        assertThat(notes).containsExactly(Note.SHORTENED);
    }
}
