// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import java.util.Map;

/**
 * The HTML alternative: the text and a table of details, made of escaped text only. No script, no link, nothing remote; the
 * client's own colours, so that it reads in dark and light.
 */
final class HtmlBody {

    private HtmlBody() {}

    static String of(String text, Map<String, String> details) {
        StringBuilder html = new StringBuilder(512 + text.length() * 2);
        html.append("<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\">"
                + "<meta name=\"color-scheme\" content=\"light dark\"></head>\n"
                + "<body style=\"font-family:sans-serif\">\n<div dir=\"auto\" style=\"font-size:1.1em\">");
        escape(html, text, true);
        html.append("</div>\n<hr>\n<table style=\"font-size:0.85em;text-align:left\">\n");
        details.forEach((name, value) -> {
            html.append("<tr><th scope=\"row\">");
            escape(html, name, false);
            html.append("</th><td><bdi>");
            escape(html, value, false);
            html.append("</bdi></td></tr>\n");
        });
        return html.append("</table>\n</body>\n</html>").toString();
    }

    private static void escape(StringBuilder html, String text, boolean lineBreaks) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                case '\n' -> html.append(lineBreaks ? "<br>\n" : " ");
                case '\t' -> html.append(' ');
                case '\r' -> {
                    // a line feed follows, or nothing that is shown
                }
                default -> html.append(c < ' ' || (c >= 0x7F && c <= 0x9F) ? '\uFFFD' : c);
            }
        }
    }
}
