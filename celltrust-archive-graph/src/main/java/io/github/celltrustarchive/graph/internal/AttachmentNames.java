// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What files are called, and of what type they are, in a mailbox. */
final class AttachmentNames {

    private static final int MAX_NAME = 255;
    private static final int MAX_EXTENSION = 16;
    private static final int MAX_TYPE = 127;
    private static final String FORBIDDEN = "/\\:*?\"<>|";
    private static final String OCTET_STREAM = "application/octet-stream";

    private AttachmentNames() {}

    /** The name that the part has, as a name that a file can have on every system; else the fallback. */
    static String name(EmlPart part, String fallback) {
        String given;
        try {
            given = part.getFileName();
        } catch (MessagingException | RuntimeException e) {
            given = null; // parameters that nobody can read
        }
        String safe = given == null ? "" : safe(CleanText.decoded(CleanText.eightBit(given)));
        return safe.isEmpty() ? fallback : safe;
    }

    private static String safe(String name) {
        StringBuilder safe = new StringBuilder(name.length());
        name.codePoints()
                .filter(c -> !isBidiControl(c))
                .forEach(c -> safe.appendCodePoint(FORBIDDEN.indexOf(c) < 0 ? c : '_'));
        String trimmed = safe.toString().replaceAll("^ +|[ .]+$", "");
        if (trimmed.length() <= MAX_NAME) {
            return trimmed;
        }
        int dot = trimmed.lastIndexOf('.');
        String extension = dot > 0 && trimmed.length() - dot <= MAX_EXTENSION ? trimmed.substring(dot) : "";
        return CleanText.shortened(trimmed, MAX_NAME - extension.length()) + extension;
    }

    private static boolean isBidiControl(int c) {
        return c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }

    /** {@code token/token} (RFC 2045 section 5.1) in lower case, without parameters. */
    static String contentType(@Nullable ContentType type) {
        if (type == null) {
            return OCTET_STREAM;
        }
        String base = type.getBaseType();
        boolean valid = base != null
                && base.length() <= MAX_TYPE
                && base.matches("[!#$%&'*+.0-9A-Z^_`a-z{|}~-]+/[!#$%&'*+.0-9A-Z^_`a-z{|}~-]+");
        return valid ? base.toLowerCase(Locale.ROOT) : OCTET_STREAM;
    }

    /** The Content-ID without angle brackets, or null if there is none that a {@code cid:} URL could name (RFC 2392). */
    static @Nullable String contentId(EmlPart part) {
        String value = part.field("Content-ID");
        if (value == null) {
            return null;
        }
        String id = value.strip().replaceAll("^<|>$", "");
        return id.matches("[\\x21-\\x7E&&[^<>\"]]{1,255}") ? id : null;
    }
}
