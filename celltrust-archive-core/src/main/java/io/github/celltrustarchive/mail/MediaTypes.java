// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import java.util.Set;

/** What of a declared media type may stand in a header (RFC 2045 section 5.1). */
final class MediaTypes {

    static final String OCTET_STREAM = "application/octet-stream";

    private static final int MAX_LENGTH = 127;

    private MediaTypes() {}

    /**
     * The declared type if it is token/token and neither multipart nor message, which readers would open; its parameters
     * are dropped. Anything else is {@code application/octet-stream}.
     */
    static String safe(String declared, Set<Note> notes) {
        int semicolon = declared.indexOf(';');
        String type =
                semicolon < 0 ? declared : declared.substring(0, semicolon).stripTrailing();
        if (!isSafe(type)) {
            type = OCTET_STREAM;
        }
        if (!type.equals(declared) && !declared.isEmpty()) {
            notes.add(Note.MEDIA_TYPE);
        }
        return type;
    }

    /** Whether the record is an email itself. */
    static boolean isEmail(String declared) {
        int semicolon = declared.indexOf(';');
        String type = semicolon < 0 ? declared : declared.substring(0, semicolon);
        return type.strip().equalsIgnoreCase("message/rfc822");
    }

    /**
     * Whether every reader of HTML email shows pictures of this type; Exchange takes no others for inline
     * ([MS-OXCMAIL] section 2.2.3.4.1.4.1, without BMP, which phones don't show).
     */
    static boolean isPicture(String type) {
        return type.equalsIgnoreCase("image/jpeg")
                || type.equalsIgnoreCase("image/jpg")
                || type.equalsIgnoreCase("image/png")
                || type.equalsIgnoreCase("image/gif");
    }

    /** What a file of this type is usually called, for records; empty if it isn't one of a few. */
    static String extension(String declared) {
        return switch (declared) {
            case "application/json" -> ".json";
            case "application/xml", "text/xml" -> ".xml";
            case "text/csv" -> ".csv";
            case "text/plain" -> ".txt";
            default -> "";
        };
    }

    private static boolean isSafe(String type) {
        int slash = type.indexOf('/');
        return type.length() <= MAX_LENGTH
                && isToken(type, 0, slash)
                && isToken(type, slash + 1, type.length())
                && !type.regionMatches(true, 0, "multipart/", 0, 10)
                && !type.regionMatches(true, 0, "message/", 0, 8);
    }

    private static boolean isToken(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c <= 0x20 || c > 0x7E || "()<>@,;:\\\"/[]?=".indexOf(c) >= 0) {
                return false;
            }
        }
        return from < to;
    }
}
