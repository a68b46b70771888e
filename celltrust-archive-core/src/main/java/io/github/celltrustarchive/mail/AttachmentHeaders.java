// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.Attachment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Media type and file name of an attachment, as far as they may stand in a header. */
final class AttachmentHeaders {

    private static final Pattern MEDIA_TYPE = Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,60}/[A-Za-z0-9!#$&^_.+-]{1,60}");
    private static final int MAX_NAME = 100;
    private static final int PER_SEGMENT = 60;
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private AttachmentHeaders() {}

    /** The declared type if it is one and isn't a container of messages or parts; else octet-stream. */
    static String mediaType(Attachment attachment) {
        String type = attachment.mediaType().toLowerCase(Locale.ROOT);
        boolean usable =
                MEDIA_TYPE.matcher(type).matches() && !type.startsWith("multipart/") && !type.startsWith("message/");
        return usable ? type : "application/octet-stream";
    }

    /** A name to show: no path, no control, at most 100 characters, its extension kept. */
    static CleanText fileName(Attachment attachment, int number) {
        String given = attachment.fileName();
        CleanText clean = CleanText.of(given, 4_000);
        String name = clean.text().replace('/', '_').replace('\\', '_').replace(':', '_');
        while (name.startsWith(".")) {
            name = "_" + name.substring(1);
        }
        while (name.endsWith(".") || name.endsWith(" ")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.isEmpty()) {
            name = "attachment-" + number;
        }
        name = shorten(name);
        return new CleanText(name, !name.equals(given));
    }

    private static String shorten(String name) {
        if (name.length() <= MAX_NAME) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String extension = dot > 0 && name.length() - dot <= 12 ? name.substring(dot) : "";
        return name.substring(0, Graphemes.cut(name, MAX_NAME - extension.length())) + extension;
    }

    /** Writes the headers of an attachment's part, with the empty line after them. */
    static void write(EmlWriter out, String mediaType, String fileName) throws IOException {
        out.ascii("Content-Type: " + mediaType + "\r\n");
        out.ascii("Content-Transfer-Encoding: base64\r\n");
        out.ascii("Content-Disposition: attachment;\r\n");
        fileName(out, fileName);
        out.crlf();
    }

    /** One filename parameter: a quoted-string, or RFC 2231 with continuations where that isn't enough. */
    private static void fileName(EmlWriter out, String name) throws IOException {
        if (!EmlWriter.needsEncoding(name) && name.length() <= PER_SEGMENT) {
            out.ascii(" filename=\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\r\n");
            return;
        }
        StringBuilder segment = new StringBuilder("UTF-8''");
        int number = 0;
        for (int i = 0; i < name.length(); ) {
            int c = name.codePointAt(i);
            i += Character.charCount(c);
            String escaped = escape(c);
            if (segment.length() + escaped.length() > PER_SEGMENT) {
                out.ascii(" filename*" + number++ + "*=" + segment + ";\r\n");
                segment.setLength(0);
            }
            segment.append(escaped);
        }
        out.ascii(" filename*" + (number == 0 ? "" : number + "*") + "=" + segment + "\r\n");
    }

    private static String escape(int c) {
        boolean safe =
                (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
        if (safe) {
            return Character.toString(c);
        }
        StringBuilder escaped = new StringBuilder();
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
            escaped.append('%').append(HEX[(b >> 4) & 0xF]).append(HEX[b & 0xF]);
        }
        return escaped.toString();
    }
}
