// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * What the envelope needs of an email that somebody else wrote. Only the first {@value #MAX_HEADER} bytes are looked at;
 * line ends may be CRLF, LF or CR.
 *
 * @param messageId the first Message-ID with its angle brackets; null if there is none, or if it isn't one printable word
 * @param subject the first Subject, decoded and clean; empty if there is none
 * @param beginsInsideField whether the first byte would continue a header field in front of it
 */
record EmailHead(@Nullable String messageId, String subject, boolean beginsInsideField) {

    private static final int MAX_HEADER = 262_144;
    private static final int MAX_MESSAGE_ID = 990;

    static EmailHead read(Content email) throws IOException {
        byte[] bytes;
        try (InputStream in = email.open()) {
            bytes = in.readNBytes(MAX_HEADER);
        }
        // Latin-1 keeps every byte, so that raw UTF-8 can be told from other 8-bit text later
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\r\n|\n|\r", -1);
        String first = lines[0];
        return new EmailHead(
                messageId(field(lines, "Message-ID:")),
                subject(field(lines, "Subject:")),
                first.startsWith(" ") || first.startsWith("\t"));
    }

    /** The unfolded value of the first field of that name; empty if there is none. */
    private static String field(String[] lines, String name) {
        for (int i = 0; i < lines.length && !lines[i].isEmpty(); i++) {
            if (lines[i].regionMatches(true, 0, name, 0, name.length())) {
                StringBuilder value = new StringBuilder(lines[i].substring(name.length()));
                while (++i < lines.length && (lines[i].startsWith(" ") || lines[i].startsWith("\t"))) {
                    value.append(' ').append(lines[i].strip());
                }
                return value.toString().strip();
            }
        }
        return "";
    }

    private static @Nullable String messageId(String value) {
        boolean valid = value.length() >= 3
                && value.length() <= MAX_MESSAGE_ID
                && value.startsWith("<")
                && value.endsWith(">")
                && value.indexOf('>') == value.length() - 1
                && value.chars().allMatch(c -> c > ' ' && c < 0x7F);
        return valid ? value : null;
    }

    private static String subject(String value) {
        String text = new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return HeaderText.clean(EncodedWordReader.decode(text), HeaderText.MAX_VALUE, EnumSet.noneOf(Note.class));
    }

    /** Shows neither subject nor id. */
    @Override
    public String toString() {
        return "EmailHead";
    }
}
