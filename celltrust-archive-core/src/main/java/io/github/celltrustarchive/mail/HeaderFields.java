// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * A block of header fields as bytes: the one place where a value becomes part of a header (RFC 5322 sections 2.2 and
 * 3.2, RFC 2045 section 5, RFC 2047, RFC 2231).
 *
 * <p>Text goes through {@link HeaderText}; every character that is appended must be printable ASCII, and only {@link #fold()}
 * and the end of a field write CR and LF. So nothing in a value can begin another field. Lines stay within 78
 * characters where a space allows it, and always within 998. Not thread-safe.
 */
final class HeaderFields {

    private static final int PREFERRED_LINE = 78;

    /** A longer word can't stand in a line of 998; it becomes encoded-words, which can be split. */
    private static final int MAX_WORD = 900;

    /** A quoted-string longer than this would need folds inside the quotes, which some readers keep. */
    private static final int MAX_QUOTED = 60;

    /** The lists of addresses stop after this many bytes together; Exchange Online takes 256 KB of header in all. */
    private static final int MAX_ADDRESS_BYTES = 64_000;

    /** Any other list stops after this many characters. */
    private static final int MAX_LIST = 32_000;

    private final Set<Note> notes;
    private byte[] bytes = new byte[2048];
    private int length;
    private int lineStart;
    private int valueStart;
    private int addressBytes;

    /** Starts an empty block; what had to be changed is added to {@code notes}. */
    HeaderFields(Set<Note> notes) {
        this.notes = notes;
    }

    /** A value of our own making, on one line however long: printable ASCII. */
    void fixed(String name, String value) {
        name(name);
        append(' ');
        append(value);
        end();
    }

    /** An unstructured value from anywhere. */
    void text(String name, String value) {
        name(name);
        unstructured(HeaderText.clean(value, HeaderText.MAX_VALUE, notes));
        end();
    }

    /** Values in one field, separated by commas, cut to whole elements. */
    void list(String name, List<String> values) {
        StringBuilder joined = new StringBuilder();
        for (String value : values) {
            String clean = HeaderText.clean(value, HeaderText.MAX_VALUE, notes);
            if (joined.length() + clean.length() > MAX_LIST) {
                notes.add(Note.SHORTENED);
                break;
            }
            joined.append(joined.length() == 0 ? "" : ", ").append(clean);
        }
        name(name);
        unstructured(joined.toString());
        end();
    }

    /** Identifiers or other words of our own making, separated by spaces. */
    void words(String name, List<String> words) {
        name(name);
        words.forEach(this::word);
        end();
    }

    /** Addresses; no field if there are none. */
    void addresses(String name, List<Address> addresses) {
        if (addresses.isEmpty()) {
            return;
        }
        int start = length;
        name(name);
        boolean first = true;
        for (Address address : addresses) {
            if (addressBytes + length - start > MAX_ADDRESS_BYTES) {
                notes.add(Note.SHORTENED);
                break;
            }
            if (!first) {
                append(',');
            }
            first = false;
            address(address);
        }
        addressBytes += length - start;
        end();
    }

    /** {@code Content-Type} or another field with parameters of our own making, each on its own line. */
    void parameters(String name, String value, List<String> parameters) {
        name(name);
        append(' ');
        append(value);
        for (String parameter : parameters) {
            append(';');
            if (column() + 1 + parameter.length() > PREFERRED_LINE) {
                fold();
            } else {
                append(' ');
            }
            append(parameter);
        }
        end();
    }

    /** The empty line that ends a header. */
    void blankLine() {
        end();
    }

    /** The bytes so far. */
    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void name(String name) {
        append(name);
        append(':');
        valueStart = length;
    }

    private void unstructured(String clean) {
        if (clean.isEmpty()) {
            append(' ');
        } else if (!canStandAsIs(clean, MAX_WORD)) {
            EncodedWords.write(this, clean);
        } else {
            for (int from = 0; from < clean.length(); ) {
                int space = clean.indexOf(' ', from);
                int to = space < 0 ? clean.length() : space;
                word(clean.substring(from, to));
                from = to + 1;
            }
        }
    }

    /** A space or a fold, and the word. The first word stays on the line of the field's name. */
    private void word(String word) {
        boolean first = length == valueStart;
        if (!first && column() + 1 + word.length() > PREFERRED_LINE) {
            fold();
        } else {
            append(' ');
        }
        append(word);
    }

    private void address(Address address) {
        String name = HeaderText.clean(address.name(), HeaderText.MAX_NAME, notes);
        if (name.isEmpty()) {
            word(address.addrSpec());
        } else {
            if (name.length() <= MAX_QUOTED && canStandAsIs(name, MAX_QUOTED)) {
                word(quoted(name));
            } else {
                EncodedWords.write(this, name);
            }
            word("<" + address.addrSpec() + ">");
        }
    }

    private static String quoted(String name) {
        StringBuilder quoted = new StringBuilder(name.length() + 4).append('"');
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    /**
     * Whether a reader gets the value back if it is written as it is: printable ASCII, no space where a fold or a lenient
     * reader would lose it, nothing that looks like an encoded-word, no word too long for a line.
     */
    private static boolean canStandAsIs(String value, int maxWord) {
        char before = ' ';
        int word = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ' ') {
                if (before == ' ') {
                    return false;
                }
                word = 0;
            } else if (!HeaderText.isPrintableAscii(c) || (c == '?' && before == '=') || ++word > maxWord) {
                return false;
            }
            before = c;
        }
        return before != ' ';
    }

    /** How many characters the current line has. */
    int column() {
        return length - lineStart;
    }

    /** Goes on in a new line, which begins with a space. */
    void fold() {
        end();
        append(' ');
    }

    void append(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            append(ascii.charAt(i));
        }
    }

    void append(char c) {
        if (!HeaderText.isPrintableAscii(c)) {
            throw new IllegalStateException("a header takes printable ASCII only");
        }
        raw(c);
    }

    /** The Base64 form of the first {@code count} bytes. */
    void base64(byte[] source, int count) {
        append(new String(Base64.getEncoder().encode(Arrays.copyOf(source, count)), StandardCharsets.US_ASCII));
    }

    private void end() {
        raw('\r');
        raw('\n');
        lineStart = length;
    }

    private void raw(char c) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = (byte) c;
    }
}
