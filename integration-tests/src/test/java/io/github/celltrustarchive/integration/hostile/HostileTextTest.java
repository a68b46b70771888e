// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.hostile;

import static io.github.celltrustarchive.integration.hostile.HostilePipeline.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.celltrustarchive.integration.hostile.HostilePipeline.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts and names that want to be structure. */
class HostileTextTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bare \r carriage return",
                "bare \n line feed",
                "\r\n.\r\nleading dot",
                "\nFrom me to you",
                "\u0000",
                "\r\n--=_a_00000000000000000000000000000000--\r\n",
                "\u202egnp.exe",
                "Z\u0301\u0310\u0343",
                "\u2028\u0085",
                "<script>alert(1)</script><img src='https://x.example/a.png'>",
                "=?utf-8?Q?=41?="
            })
    void theBodyIsKeptToTheLastCharacter(String text) throws Exception {
        Result result = new HostilePipeline(folder)
                .line(record("x", "\"text\":" + json(text)))
                .run();

        assertThat(result.emails()).extracting("text").containsExactly(text);
    }

    @Test
    void aLineOfOneMegabyteIsKeptInShortLines() throws Exception {
        String text = "\u00e9x".repeat(500_000);
        Result result = new HostilePipeline(folder)
                .line(record("x", "\"text\":" + json(text)))
                .run();

        assertThat(result.emails()).extracting("text").containsExactly(text);
        assertThat(eml(result).split("\r\n", -1)).allMatch(line -> line.length() <= 998);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "\n",
                "\r",
                "\u0000",
                "\u000b",
                "\u0085",
                "\u2028",
                "\u2029",
                "\u009f",
                "\u001b[31m",
                "\r\n\r\n"
            })
    void noCharacterOfANameBeginsAHeaderField(String separator) throws Exception {
        String evil = "Ann" + separator + "Bcc: victim@corp.example";
        Result result = new HostilePipeline(folder)
                .line(record("x", "\"conversation\":" + json(evil) + ",\"properties\":{\"carrier\":" + json(evil) + "}")
                        .replace("\"Ann Lee\"", json(evil))
                        .replace("\"+12025550100\"", json(evil)))
                .run();

        assertThat(result.header("Bcc")).isEmpty();
        assertThat(result.emails().get(0).headers())
                .allMatch(h -> h.value().chars().noneMatch(c -> c != '\n' && Character.isISOControl(c)));
        assertThat(result.header("X-CellTrust-Note")).hasSize(1);
    }

    @Test
    void loneSurrogatesBecomeTheReplacementCharacterAndAreNoted() throws Exception {
        Result result = new HostilePipeline(folder)
                .line(record("x", "\"text\":\"a\\ud800b\""))
                .run();

        assertThat(result.emails()).extracting("text").containsExactly("a\ufffdb");
        assertThat(result.header("X-CellTrust-Note")).hasSize(1);
    }

    @Test
    void bidiControlsNeverReachAHeader() throws Exception {
        Result result = new HostilePipeline(folder)
                .line(record("x", "\"text\":\"\"").replace("Ann Lee", "gpj.\u202eexe\u2066"))
                .run();

        assertThat(result.header("From")).containsExactly("gpj.exe|ann@bank.example");
        assertThat(result.header("X-CellTrust-Note")).hasSize(1);
    }

    @Test
    void markupIsEscapedInTheHtmlOfTheBody() throws Exception {
        Result result = new HostilePipeline(folder)
                .line(record("x", "\"text\":\"<script>alert(1)</script>\""))
                .run();

        String eml = eml(result).replace("=\r\n", "");
        assertThat(eml).contains("&lt;script&gt;alert(1)").containsOnlyOnce("<script>"); // the plain text
    }

    @Test
    void tenThousandRecipientsAreCappedInTheHeaderAndNoted() throws Exception {
        String bob = "{\"name\":\"Bob Ray\",\"phone\":\"+12025550100\"}";
        String all = String.join(",", java.util.Collections.nCopies(10_000, bob));
        Result result = new HostilePipeline(folder)
                .line(record("x", "\"text\":\"\"").replace(bob, all))
                .run();

        assertThat(eml(result).split("\r\n\r\n", -1)[0]).hasSizeLessThan(150_000);
        assertThat(result.header("X-CellTrust-Note")).hasSize(1);
    }

    @Test
    void everyKindOfEmojiSequenceRoundTripsInHeadersAndBodies() throws Exception {
        List<String> sequences = emojiSequences();
        HostilePipeline pipeline = new HostilePipeline(folder);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < sequences.size(); i += 8) { // eight to a name, which is cut at 80
            String text = String.join(" ", sequences.subList(i, Math.min(i + 8, sequences.size())));
            texts.add(text);
            pipeline.line(record("e" + i, "\"conversation\":" + json(text) + ",\"text\":" + json(text)));
        }
        Result result = pipeline.run();

        assertThat(result.emails()).extracting("text").containsExactlyInAnyOrderElementsOf(texts);
        assertThat(result.header("X-CellTrust-Conversation-Id")).containsExactlyInAnyOrderElementsOf(texts);
    }

    /** By the grammar of UTS #51: keycaps, flags of two letters and of regions, skin tones, joined sequences. */
    private static List<String> emojiSequences() {
        List<String> all = new ArrayList<>();
        "0123456789#*".chars().forEach(c -> all.add((char) c + "\ufe0f\u20e3"));
        for (int a = 0x1F1E6; a <= 0x1F1FF; a++) {
            for (int b = 0x1F1E6; b <= 0x1F1FF; b++) {
                all.add(text(a, b));
            }
        }
        all.add(text(0x1F3F4, 0xE0067, 0xE0062, 0xE0073, 0xE0063, 0xE0074, 0xE007F));
        for (int person : new int[] {0x1F468, 0x1F469, 0x1F9D1, 0x1F44D, 0x270B, 0x1F3C3}) {
            for (int tone = 0x1F3FB; tone <= 0x1F3FF; tone++) {
                all.add(text(person, tone));
                for (int thing : new int[] {0x2695, 0x1F33E, 0x1F4BB, 0x1F680, 0x2640, 0x2642, 0x1F9BD}) {
                    all.add(text(person, tone, 0x200D, thing, 0xFE0F));
                    all.add(text(person, tone, 0x200D, thing, 0xFE0F, 0x200D, 0x27A1, 0xFE0F));
                }
                all.add(text(person, tone, 0x200D, 0x2764, 0xFE0F, 0x200D, 0x1F48B, 0x200D, person, tone));
            }
        }
        for (int c = 0x1F300; c <= 0x1FAFF; c++) {
            all.add(text(c));
            all.add(text(c, 0xFE0F));
        }
        return all;
    }

    private static String text(int... codePoints) {
        return new String(codePoints, 0, codePoints.length);
    }

    private static String json(String text) {
        return TextNode.valueOf(text).toString();
    }

    private static String eml(Result result) {
        return new String(result.emls().get(0), StandardCharsets.US_ASCII);
    }
}
