// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextEncodingTest {

    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "word",
            "F",
            "=",
            " ",
            "\t",
            "\r",
            "\n",
            "\r\n",
            ".",
            "\u00e9",
            "\u6f22",
            "\ud83d\ude00",
            "\u0000",
            "--",
            "\r\nFrom me \r\n.\r\n");

    @ParameterizedTest
    @EnumSource(TextEncoding.Kind.class)
    void anyTextComesBackAndLinesAreShort(TextEncoding.Kind kind) throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 3000; i++) {
            String begin = text(random);
            String end = text(random);
            String encoded = encode(kind, begin, end);

            assertThat(decode(kind, encoded)).as("text %d", i).isEqualTo(begin + end);
            assertThat(encoded.split("\r\n", -1))
                    .allMatch(line -> line.length() <= 76 && !line.startsWith(".") && !line.startsWith("From "))
                    .noneMatch(line -> line.endsWith(" ") || line.endsWith("\t"));
        }
    }

    @ParameterizedTest
    @EnumSource(TextEncoding.Kind.class)
    void halfASurrogatePairBecomesTheReplacementCharacter(TextEncoding.Kind kind) throws Exception {
        assertThat(decode(kind, encode(kind, "a\ud800b\udc00"))).isEqualTo("a\ufffdb\ufffd");
    }

    @Test
    void shorterEncodingIsChosen() {
        assertThat(TextShape.of("mostly ASCII \u00fc").encoding(0)).isEqualTo(TextEncoding.Kind.QUOTED_PRINTABLE);
        assertThat(TextShape.of("\u6f22\u5b57").encoding(0)).isEqualTo(TextEncoding.Kind.BASE64);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 56, 57, 58, 114, 57 * 144, 57 * 144 + 1, 57 * 288})
    void filesOfAnyLengthComeBack(int length) throws Exception {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EmlWriter writer = new EmlWriter(out);
        writer.base64(new ByteArrayInputStream(bytes), length);
        writer.flush();

        assertThat(out.toString(StandardCharsets.US_ASCII).split("\r\n", -1)).allMatch(line -> line.length() <= 76);
        assertThat(java.util.Base64.getMimeDecoder().decode(out.toByteArray())).isEqualTo(bytes);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(200); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static String encode(TextEncoding.Kind kind, String... pieces) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EmlWriter writer = new EmlWriter(out);
        TextEncoding encoding = kind.on(writer);
        for (String piece : pieces) {
            encoding.add(piece);
        }
        encoding.end();
        writer.flush();
        return out.toString(StandardCharsets.US_ASCII);
    }

    private static String decode(TextEncoding.Kind kind, String encoded) throws Exception {
        var in = new ByteArrayInputStream(encoded.getBytes(StandardCharsets.US_ASCII));
        return new String(MimeUtility.decode(in, kind.word()).readAllBytes(), StandardCharsets.UTF_8);
    }
}
