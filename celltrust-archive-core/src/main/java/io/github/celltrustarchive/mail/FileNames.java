// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Display names of attachments, and the parameters that carry them (RFC 2183 section 2.3, RFC 2231 sections 3 and 4). */
final class FileNames {

    /** The longest display name, in UTF-16 code units. */
    static final int MAX_LENGTH = 100;

    private static final int MAX_EXTENSION = 16;
    private static final int MAX_PARAMETER = 72;
    private static final String FORBIDDEN = "/\\:*?\"<>|";
    private static final Set<String> DEVICES = Set.of(
            "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
            "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    private FileNames() {}

    /**
     * A name that a person can save a file under on any system: no path separator, no control, no bidi control, none of
     * the characters and names that Windows keeps for itself, no space or dot at the ends, at most {@value #MAX_LENGTH} long
     * with its extension kept.
     *
     * @param position counted from 1, for attachments without a name
     */
    static String display(String given, int position, Set<Note> notes) {
        // 4,096 code units are more than any file system allows, and keep the extension of honest names
        String clean = HeaderText.clean(given, 4096, notes);
        StringBuilder name = new StringBuilder(clean.length());
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            name.append(FORBIDDEN.indexOf(c) < 0 ? c : '_');
        }
        String safe = withoutDevice(trim(name.toString()));
        String result = safe.isEmpty() ? "attachment-" + position : shorten(safe);
        if (!result.equals(clean) && !given.isEmpty()) {
            notes.add(Note.FILE_NAME);
        }
        return result;
    }

    /** The {@code filename} parameters of {@code Content-Disposition}: the exact name. */
    static List<String> exact(String name) {
        return isSimple(name) ? List.of("filename=\"" + name + "\"") : extended(name);
    }

    /**
     * The {@code name} parameter of {@code Content-Type} for readers that don't know RFC 2231: none, or the name in ASCII.
     * It isn't a second {@code filename}, because of two of those some readers take the first and some the last.
     */
    static List<String> fallback(String name) {
        return isSimple(name) ? List.of() : List.of("name=\"" + ascii(name) + "\"");
    }

    private static String trim(String name) {
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == ' ' || name.charAt(end - 1) == '.')) {
            end--;
        }
        int start = 0;
        while (start < end && name.charAt(start) == ' ') {
            start++;
        }
        return name.substring(start, end);
    }

    private static String withoutDevice(String name) {
        int dot = name.indexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        return stem.length() <= 4 && DEVICES.contains(lowerAscii(stem)) ? "_" + name : name;
    }

    private static String lowerAscii(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                lower.setCharAt(i, (char) (c + 32));
            }
        }
        return lower.toString();
    }

    private static String shorten(String name) {
        if (name.length() <= MAX_LENGTH) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String extension = dot > 0 && name.length() - dot <= MAX_EXTENSION ? name.substring(dot) : "";
        int border = HeaderText.graphemeBorder(name, MAX_LENGTH - extension.length());
        return (border == 0 ? "attachment" : name.substring(0, border)) + extension;
    }

    private static boolean isSimple(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isPlain(c)) {
                return false;
            }
        }
        return !name.contains("  ");
    }

    /** Percent, equals sign and apostrophe mean something to readers that decode where they shouldn't. */
    private static boolean isPlain(int c) {
        return HeaderText.isPrintableAscii(c) && c != '%' && c != '=' && c != '\'';
    }

    private static String ascii(String name) {
        StringBuilder ascii = new StringBuilder(name.length());
        name.codePoints().forEach(c -> ascii.append(isPlain(c) ? (char) c : '_'));
        return ascii.toString();
    }

    private static List<String> extended(String name) {
        List<String> segments = new ArrayList<>();
        StringBuilder segment = new StringBuilder("UTF-8''");
        byte[] utf8 = new byte[4];
        for (int i = 0; i < name.length(); ) {
            int c = name.codePointAt(i);
            i += Character.charCount(c);
            int before = segment.length();
            int size = Utf8.encode(c, utf8, 0);
            for (int k = 0; k < size; k++) {
                percent(segment, utf8[k] & 0xFF);
            }
            if (segment.length() > MAX_PARAMETER - "filename*99*=;".length()) {
                segments.add(segment.substring(0, before));
                segment.delete(0, before);
            }
        }
        segments.add(segment.toString());
        if (segments.size() == 1) {
            return List.of("filename*=" + segments.get(0));
        }
        for (int i = 0; i < segments.size(); i++) {
            segments.set(i, "filename*" + i + "*=" + segments.get(i));
        }
        return segments;
    }

    private static void percent(StringBuilder out, int b) {
        boolean letterOrDigit = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
        if (letterOrDigit || b == '.' || b == '-' || b == '_') {
            out.append((char) b);
        } else {
            out.append('%').append(Utf8.hexDigit(b >> 4)).append(Utf8.hexDigit(b));
        }
    }
}
