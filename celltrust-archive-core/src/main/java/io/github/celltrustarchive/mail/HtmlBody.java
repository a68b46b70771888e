// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The HTML alternative: what it is in one sentence, when, the message's text, its pictures, then a table of details. Everything
 * from the source is escaped; there is no script, no link and nothing to fetch.
 *
 * <p>Layout is a table and inline styles, which the engine of Outlook for Windows takes; colours stand in one style
 * sheet, always text and background together, so that a reader that drops or changes them shows its own, dark or light.
 * The message's text keeps its direction marks, which end with the element it sits in; everything else shows them
 * as numbers. Not thread-safe.
 */
final class HtmlBody {

    /** About how many bytes the page has without the message's text. */
    static final int TYPICAL_SIZE = 2500;

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <style>
            :root{color-scheme:light dark}
            body{margin:16px;font:16px/1.4 Segoe UI,Helvetica,Arial,sans-serif}
            .m{background:#e9eff6;color:#16191d}
            .w,th{color:#59636e}
            th,td{overflow-wrap:anywhere;word-break:break-word}th{font-weight:normal;min-width:104px}
            @media(prefers-color-scheme:dark){body{background:#1a1c1e;color:#e6e8ea}
            .m{background:#2a3542;color:#f1f3f5}.w,th{color:#a3adb8}}
            </style>
            <title>""".replace("\n", "\r\n");

    private static final String TEXT = "<table role=\"presentation\" cellpadding=\"12\" cellspacing=\"0\">"
            + "<tr><td class=\"m\" dir=\"auto\"\r\n style=\"border-radius:10px;white-space:pre-wrap\">";

    private final TextEncoding out;
    private final Headline headline;
    private final Details details;
    private final List<AttachmentPart> pictures;

    HtmlBody(TextEncoding out, Headline headline, Details details, List<AttachmentPart> pictures) {
        this.out = out;
        this.headline = headline;
        this.details = details;
        this.pictures = pictures;
    }

    void write(String text) throws IOException {
        out.add(HEAD);
        escaped(headline.toString(), " ", true);
        out.add("</title></head>\r\n<body>\r\n<p style=\"margin:0\"><b>");
        headline.to((piece, isolate) -> {
            out.add(isolate ? "<bdi>" : "");
            escaped(piece, " ", true);
            out.add(isolate ? "</bdi>" : "");
        });
        out.add("</b></p>\r\n<p class=\"w\" style=\"margin:0 0 12px;font-size:13px\">");
        out.add(details.sent());
        out.add("</p>\r\n");
        if (!text.isEmpty()) {
            out.add(TEXT);
            escaped(text, "<br>", false);
            out.add("</td></tr></table>\r\n");
        }
        for (AttachmentPart picture : pictures) {
            picture(picture);
        }
        details();
        out.add("</body></html>\r\n");
    }

    /** Outlook for Windows takes the width from the attribute, all others from the style. */
    private void picture(AttachmentPart picture) throws IOException {
        out.add(
                "<p style=\"margin:12px 0 0;max-width:480px\"><img width=\"480\"\r\n style=\"width:auto;max-width:100%;height:auto\" src=\"cid:");
        out.add(picture.contentId());
        out.add("\" alt=\"");
        escaped(picture.name(), " ", true);
        out.add("\"></p>\r\n");
    }

    private void details() throws IOException {
        out.add("<table cellpadding=\"3\" cellspacing=\"0\" style=\"margin:16px 0 0;font-size:13px\">\r\n");
        details.to((label, pieces) -> {
            out.add("<tr valign=\"top\"><th align=\"left\"><bdi>");
            escaped(label, " ", true);
            out.add("</bdi></th><td><bdi>");
            for (int i = 0; i < pieces.size(); i++) {
                out.add(i == 0 ? "" : "</bdi>, <bdi>");
                escaped(pieces.get(i), "<br>", true);
            }
            out.add("</bdi></td></tr>\r\n");
        });
        out.add("</table>\r\n");
    }

    /** The text with nothing in it that HTML would take for markup; each line end becomes {@code lineEnd},
     * and if asked for, each bidi control its number. */
    private void escaped(String text, String lineEnd, boolean bidiVisible) throws IOException {
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
