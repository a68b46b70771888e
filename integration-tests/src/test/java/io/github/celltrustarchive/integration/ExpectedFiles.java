// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration;

import io.github.celltrustarchive.model.Attachment;
import java.util.Map;

/** What docs/email-format.md says attachments of {@link HostileItems} look like, name by name. */
final class ExpectedFiles {

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("../../etc/passwd", ".._.._etc_passwd"),
            Map.entry("C:\\temp\\x.doc", "C__temp_x.doc"),
            Map.entry("CON", "_CON"),
            Map.entry("aux.txt", "_aux.txt"),
            Map.entry("x:stream", "x_stream"),
            Map.entry("trailing. ", "trailing"),
            Map.entry("gpj.\u202eexe", "gpj.exe"),
            Map.entry("n".repeat(300) + ".pdf", "n".repeat(96) + ".pdf"),
            Map.entry("\u6f22".repeat(150) + ".txt", "\u6f22".repeat(96) + ".txt"),
            Map.entry("\ud83d\ude00".repeat(60) + ".png", "\ud83d\ude00".repeat(48) + ".png"),
            Map.entry("a\"b\\c.txt", "a_b_c.txt"),
            Map.entry("=?utf-8?Q?a?=.txt", "=_utf-8_Q_a_=.txt"),
            Map.entry(
                    "x\r\nContent-Type: text/html\r\n\r\n<b>.txt",
                    "x\ufffd\ufffdContent-Type_ text_html\ufffd\ufffd\ufffd\ufffd_b_.txt"));

    private ExpectedFiles() {}

    static String name(String given, int position) {
        return given.isEmpty() || given.equals("..") ? "attachment-" + position : NAMES.getOrDefault(given, given);
    }

    /** Whether the text shows it as a picture. */
    static boolean isShown(Attachment attachment) {
        return (attachment.mediaType().equals("image/png")
                        || attachment.mediaType().equals("image/jpeg"))
                && attachment.content().size() > 0;
    }

    static String type(String given) {
        return switch (given) {
            case "image/png", "image/jpeg", "text/html" -> given;
            case "text/plain; charset=utf-8", "text/plain;\r\n boundary=x" -> "text/plain";
            default -> "application/octet-stream";
        };
    }
}
