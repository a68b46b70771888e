// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("invariant 23: no byte of source input alters the lines of a report or the meaning of a spreadsheet")
class CellsTest {

    @Test
    void controlsAreShownAsEscapes() {
        assertThat(Cells.line("a\r\nb\tc\0d\u001b[31m\u007f\u0085"))
                .isEqualTo("a\\x0D\\x0Ab\\x09c\\x00d\\x1B[31m\\x7F\\x85");
    }

    @Test
    void separatorsAndInvisibleCharactersAreShownAsEscapes() {
        assertThat(Cells.line("a\u2028b\u2029c\u202Egpj.exe\u2066\u200B\uFEFF"))
                .isEqualTo("a\\u2028b\\u2029c\\u202Egpj.exe\\u2066\\u200B\\uFEFF");
        assertThat(Cells.line(Character.toString(0xE0041))).isEqualTo("\\U000E0041");
        assertThat(Cells.line("half \uD83D pair")).isEqualTo("half \\uD83D pair");
    }

    @Test
    void whatLooksLikeAnEscapeIsNotMistakenForOne() {
        assertThat(Cells.line("\\x0A")).isEqualTo("\\\\x0A").isNotEqualTo(Cells.line("\n"));
    }

    @Test
    void readableTextStaysAsItIs() {
        assertThat(Cells.line("Zoë 李 😀 +1 202 555 0100")).isEqualTo("Zoë 李 😀 +1 202 555 0100");
    }

    @Test
    void aLongCellIsCutBetweenCharactersAndSaysSo() {
        assertThat(Cells.line("😀".repeat(300))).isEqualTo("😀".repeat(300));
        assertThat(Cells.line("😀".repeat(301))).isEqualTo("😀".repeat(300) + "…[602 characters]");
        assertThat(Cells.line("x".repeat(1 << 20))).hasSizeLessThan(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+12025550100",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "\0=1",
                " =1",
                "\"=1",
                "\" \"=1",
                "\u00A0=1",
                "\u200B=1",
                "\u3000+1",
                "＝1",
                "＋1",
                "－1",
                "＠1",
                "﹦1",
                "﬩1",
                "−1",
                "'=1",
                "'"
            })
    void whatASpreadsheetMightTakeForAFormulaIsMarkedAsText(String cell) {
        assertThat(Cells.csv(cell)).isEqualTo("'" + Cells.line(cell));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a=1", "12", "ann@example.test", "😀=1", "\"a\"", "\\=1"})
    void whatNoSpreadsheetTakesForAFormulaIsNotMarked(String cell) {
        assertThat(Cells.csv(cell)).isEqualTo(Cells.line(cell));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "<script>alert(1)</script>, &lt;script&gt;alert(1)&lt;/script&gt;",
                "`\" onload='x'`, &quot; onload=&#39;x&#39;",
                "&amp;, &amp;amp;"
            })
    void markupBecomesText(String cell, String html) {
        assertThat(Cells.html(cell)).isEqualTo(html);
    }
}
