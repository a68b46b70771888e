// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads RFC 2047 encoded-words in a header that somebody else wrote. Written by hand, because what the mail library makes of
 * them depends on system properties of the host ({@code mail.mime.decodetext.strict} and others).
 *
 * <p>White space between two encoded-words goes (section 6.2); words next to each other in the same charset are decoded together,
 * because many writers split characters between them. A word that is no encoded-word, or whose charset this Java doesn't
 * know, stays as it is.
 *
 * <p>For parsers of email that somebody else wrote. Stateless and thread-safe.
 */
public final class EncodedWordReader {

    /** Charset without the language of RFC 2231 section 5, encoding, text. */
    private static final Pattern WORD =
            Pattern.compile("=\\?([A-Za-z0-9._:+-]{1,60})(?:\\*[A-Za-z0-9-]*)?\\?([BbQq])\\?([!->@-~ ]*)\\?=");

    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Charset charset = StandardCharsets.UTF_8;

    private EncodedWordReader() {}

    /** The text that an unfolded header value stands for; the value itself if it has no encoded-word. */
    public static String decode(String value) {
        return value.contains("=?") ? new EncodedWordReader().read(value) : value;
    }

    private String read(String value) {
        Matcher word = WORD.matcher(value);
        int end = 0;
        boolean afterWord = false;
        while (word.find()) {
            String between = value.substring(end, word.start());
            end = word.end();
            if (!afterWord || !between.isBlank()) {
                flush();
                text.append(between);
            }
            afterWord = decoded(word.group(1), word.group(2), word.group(3));
            if (!afterWord) {
                flush();
                text.append(word.group());
            }
        }
        flush();
        return text.append(value, end, value.length()).toString();
    }

    /** Adds the word's bytes; false if it can't be decoded. */
    private boolean decoded(String charsetName, String encoding, String encoded) {
        try {
            Charset next = Charset.forName(charsetName);
            byte[] decoded =
                    encoding.equalsIgnoreCase("B") ? Base64.getDecoder().decode(encoded.strip()) : quoted(encoded);
            if (!next.equals(charset)) {
                flush();
                charset = next;
            }
            bytes.writeBytes(decoded);
            return true;
        } catch (IllegalArgumentException e) {
            return false; // an unknown charset, or no Base64
        }
    }

    private static byte[] quoted(String encoded) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '=') {
                decoded.write(hex(encoded, i + 1) << 4 | hex(encoded, i + 2));
                i += 2;
            } else {
                decoded.write(c == '_' ? ' ' : c);
            }
        }
        return decoded.toByteArray();
    }

    private static int hex(String encoded, int at) {
        int digit = at < encoded.length() ? Character.digit(encoded.charAt(at), 16) : -1;
        if (digit < 0) {
            throw new IllegalArgumentException("no hexadecimal digit");
        }
        return digit;
    }

    private void flush() {
        text.append(bytes.toString(charset));
        bytes.reset();
    }
}
