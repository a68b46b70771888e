// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The HTML alternative: the message's text, then a small table of details. Everything from the source is escaped; there is
 * no script, no link and nothing to fetch. No colour is set, so dark and light readers use their own. The
 * message's text keeps its direction marks, which end with the element it sits in; the details show them as numbers.
 */
final class HtmlBody {

    /** About how many bytes the page has without the message's text. */
    static final int TYPICAL_SIZE = 1000;

    private HtmlBody() {}

    static void write(TextEncoding out, String subject, String text, Details details) throws IOException {
        out.add("<!DOCTYPE html>\r\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"color-scheme\" content=\"light dark\">\r\n"
                + "<style>body{font-family:sans-serif}table{font-size:85%}th{text-align:left;vertical-align:top}"
                + "</style>\r\n<title>");
        escaped(out, subject, " ", true);
        out.add("</title></head>\r\n<body>\r\n");
        if (!text.isEmpty()) {
            out.add("<div dir=\"auto\" style=\"font-size:110%;white-space:pre-wrap\">");
            escaped(out, text, "<br>", false);
            out.add("</div>\r\n<hr>\r\n");
        }
        out.add("<table>\r\n");
        details.to((label, value) -> {
            out.add("<tr><th><bdi>");
            escaped(out, label, " ", true);
            out.add("</bdi></th><td><bdi>");
            escaped(out, value, "<br>", true);
            out.add("</bdi></td></tr>\r\n");
        });
        out.add("</table>\r\n</body></html>\r\n");
    }

    /** The text with nothing in it that HTML would take for markup; each line end becomes {@code lineEnd},
     * and if asked for, each bidi control its number. */
    private static void escaped(TextEncoding out, String text, String lineEnd, boolean bidiVisible) throws IOException {
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            String replacement = replacement(text, i, lineEnd, bidiVisible);
            if (replacement != null) {
                out.add(text.substring(from, i));
                out.add(replacement);
                from = i + 1;
            }
        }
        out.add(text.substring(from));
    }

    private static @Nullable String replacement(String text, int i, String lineEnd, boolean bidiVisible) {
        char c = text.charAt(i);
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            case '\r' -> i + 1 < text.length() && text.charAt(i + 1) == '\n' ? "" : lineEnd;
            case '\n' -> lineEnd;
            case '\t' -> null;
            default -> invisible(c, bidiVisible);
        };
    }

    private static @Nullable String invisible(char c, boolean bidiVisible) {
        if (bidiVisible && HeaderText.isBidiControl(c)) {
            return "[U+" + Utf8.hexDigit(c >> 12) + Utf8.hexDigit(c >> 8) + Utf8.hexDigit(c >> 4) + Utf8.hexDigit(c)
                    + "]";
        }
        return HeaderText.isControl(c) ? "\uFFFD" : null;
    }
}
