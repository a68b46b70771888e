// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes a text as the body of a part, in the lightest transfer encoding under which all its bytes survive. A line feed alone
 * is a line end; in a text that has carriage returns, both are kept exactly, as encoded bytes. An unpaired surrogate becomes
 * U+FFFD.
 */
final class TextBody {

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    private static final int QP_LINE = 76;

    private TextBody() {}

    /** Writes Content-Type, Content-Transfer-Encoding, the empty line and the body, which ends with a line end. */
    static void write(EmlWriter out, String subtype, String text) throws IOException {
        out.ascii("Content-Type: text/" + subtype + "; charset=utf-8\r\n");
        if (isPlain(text)) {
            out.ascii("Content-Transfer-Encoding: 7bit\r\n\r\n");
            out.ascii(text.replace("\n", "\r\n"));
            out.crlf();
            return;
        }
        String whole = withoutUnpairedSurrogates(text);
        boolean exact = whole.indexOf('\r') >= 0;
        byte[] utf8 = whole.getBytes(StandardCharsets.UTF_8);
        if (quotedPrintableIsShorter(utf8)) {
            out.ascii("Content-Transfer-Encoding: quoted-printable\r\n\r\n");
            quotedPrintable(out, utf8, exact);
            out.crlf();
        } else {
            out.ascii("Content-Transfer-Encoding: base64\r\n\r\n");
            String canonical = exact ? whole : whole.replace("\n", "\r\n");
            out.base64(Content.ofUtf8(canonical));
        }
    }

    /** Whether a text may stand as it is: short ASCII lines that nothing on the way could take for something else. */
    private static boolean isPlain(String text) {
        int lineStart = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? '\n' : text.charAt(i);
            if (c == '\n') {
                if (!isPlainLine(text, lineStart, i)) {
                    return false;
                }
                lineStart = i + 1;
            } else if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlainLine(String text, int from, int to) {
        boolean risky = text.startsWith("From ", from) || text.startsWith(".", from) || text.startsWith("--", from);
        return to - from <= QP_LINE && !risky && (to == from || text.charAt(to - 1) != ' ');
    }

    static String withoutUnpairedSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                StringBuilder whole = new StringBuilder(text.length());
                text.codePoints().forEach(c -> whole.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
                return whole.toString();
            }
        }
        return text;
    }

    private static boolean quotedPrintableIsShorter(byte[] utf8) {
        long escaped = 0;
        for (byte b : utf8) {
            escaped += needsEscape(b) ? 1 : 0;
        }
        return utf8.length + 2 * escaped <= utf8.length * 4L / 3 + 4;
    }

    private static boolean needsEscape(byte b) {
        return b != '\n' && (b < ' ' || b > '~' || b == '=');
    }

    private static void quotedPrintable(EmlWriter out, byte[] utf8, boolean exact) throws IOException {
        StringBuilder line = new StringBuilder(QP_LINE + 4);
        for (int i = 0; i < utf8.length; i++) {
            byte b = utf8[i];
            if (b == '\n' && !exact) {
                out.ascii(line);
                out.crlf();
                line.setLength(0);
                continue;
            }
            boolean escape = needsEscape(b) || b == '\n' || mustEscape(utf8, i, line.length());
            if (line.length() + (escape ? 3 : 1) >= QP_LINE) {
                out.ascii(line.append('='));
                out.crlf();
                line.setLength(0);
                escape |= mustEscape(utf8, i, 0);
            }
            if (escape) {
                line.append('=').append(HEX[(b >> 4) & 0xF]).append(HEX[b & 0xF]);
            } else {
                line.append((char) b);
            }
        }
        out.ascii(line);
    }

    /** A dot, "From" or "--" at the start of a line, and a space at its end, are what relays and readers trip over. */
    private static boolean mustEscape(byte[] utf8, int i, int column) {
        if (column == 0 && (utf8[i] == '.' || utf8[i] == 'F' || utf8[i] == '-')) {
            return true;
        }
        return utf8[i] == ' ' && (i + 1 == utf8.length || utf8[i + 1] == '\n');
    }
}
