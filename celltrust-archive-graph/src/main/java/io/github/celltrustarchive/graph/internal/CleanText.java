// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text on its way into JSON: no control character, no half surrogate pair, no noncharacter reaches a mailbox. */
final class CleanText {

    private static final char REPLACEMENT = '\uFFFD';

    private CleanText() {}

    /** Text of several lines: tabs and line ends stay, what can't be shown becomes U+FFFD. */
    static String lines(String text) {
        return clean(text, true);
    }

    /** Text of one line: tabs and line ends become spaces, what can't be shown U+FFFD. */
    static String line(String text) {
        return clean(text, false);
    }

    private static String clean(String text, boolean keepLines) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\t' || c == '\r' || c == '\n') {
                clean.append(keepLines ? (char) c : ' ');
            } else if (isUnfit(c)) {
                clean.append(REPLACEMENT);
            } else {
                clean.appendCodePoint(c);
            }
        }
        return clean.toString();
    }

    private static boolean isUnfit(int c) {
        return c < 0x20
                || (c >= 0x7F && c <= 0x9F)
                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                || (c & 0xFFFE) == 0xFFFE
                || (c >= 0xFDD0 && c <= 0xFDEF);
    }

    /** The text, cut between characters to at most {@code max} UTF-16 code units with an ellipsis at the end. */
    static String shortened(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
        return text.substring(0, end) + '\u2026';
    }

    /** A header value that was read as Latin-1, which keeps every byte: UTF-8 if it is that (RFC 6532). */
    static String eightBit(String latin1) {
        if (latin1.chars().allMatch(c -> c < 0x80) || latin1.chars().anyMatch(c -> c > 0xFF)) {
            return latin1;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return latin1;
        }
    }

    /** A header value on one line (RFC 5322 section 2.2.3), and its bytes as the text they are. */
    static String unfolded(String value) {
        return eightBit(value.replaceAll("[\r\n]+(?=[ \t])", ""));
    }

    /** Text with encoded-words (RFC 2047) as people read it, on one clean line. */
    static String decoded(String text) {
        try {
            return line(MimeUtility.decodeText(text)).strip();
        } catch (UnsupportedEncodingException e) {
            return line(text).strip(); // a charset that Java doesn't know: as it stands
        }
    }
}
