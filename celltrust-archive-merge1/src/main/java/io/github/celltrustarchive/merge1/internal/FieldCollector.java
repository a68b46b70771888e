// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Takes the fields that matter out of a header and lets the others go by, however long they are. A line that is no field
 * (an mbox line, garbage) is passed over. Not thread-safe.
 */
final class FieldCollector {

    private static final int LONGEST_NAME = 128;

    private final Set<String> wanted;
    private final int maxBytes;
    private final Map<String, List<String>> values = new HashMap<>();
    private final ByteArrayOutputStream value = new ByteArrayOutputStream();
    private String name = "";
    private int kept;
    private boolean overflown;

    /**
     * @param wanted names in lower case
     * @param maxBytes how many bytes of values are kept at most
     */
    FieldCollector(Set<String> wanted, int maxBytes) {
        this.wanted = wanted;
        this.maxBytes = maxBytes;
    }

    /** Takes a line or piece; true if it is the empty line that ends the header. */
    boolean add(EmlLines line) {
        if (line.isEmptyLine()) {
            return true;
        }
        byte[] bytes = line.buffer();
        int from = line.start();
        int end = from + line.length();
        boolean continues = !line.startsLine() || (from < end && isBlank(bytes[from]));
        if (!continues) {
            flush();
            int colon = colon(bytes, from, end);
            name = colon < 0 ? "" : name(bytes, from, colon);
            from = colon + 1;
        }
        if (!name.isEmpty()) {
            keep(bytes, from, end - from);
        }
        return false;
    }

    /** What was collected. */
    Fields fields() {
        flush();
        return new Fields(values);
    }

    /** Whether values were longer than what is kept. */
    boolean isOverflown() {
        return overflown;
    }

    private void keep(byte[] bytes, int from, int length) {
        int room = Math.min(length, maxBytes - kept);
        overflown |= room < length;
        value.write(bytes, from, room);
        kept += room;
    }

    private void flush() {
        if (!name.isEmpty()) {
            values.computeIfAbsent(name, n -> new ArrayList<>()).add(collapsed(value.toByteArray()));
        }
        name = "";
        value.reset();
    }

    /** White space, where a line was folded or not, is one space; none at the ends. */
    private static String collapsed(byte[] bytes) {
        int length = 0;
        boolean blank = false;
        for (byte b : bytes) {
            if (isBlank(b)) {
                blank = length > 0;
            } else {
                if (blank) {
                    bytes[length++] = ' ';
                }
                blank = false;
                bytes[length++] = b;
            }
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private String name(byte[] bytes, int from, int colon) {
        String text = new String(bytes, from, colon - from, StandardCharsets.ISO_8859_1)
                .stripTrailing()
                .toLowerCase(Locale.ROOT);
        return wanted.contains(text) ? text : "";
    }

    private static int colon(byte[] bytes, int from, int end) {
        for (int i = from; i < Math.min(end, from + LONGEST_NAME); i++) {
            if (bytes[i] == ':') {
                return i;
            }
        }
        return -1;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
