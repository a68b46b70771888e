// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;

/**
 * Writes an email in Internet Message Format (RFC 5322) with MIME (RFC 2045 to 2049) straight to a stream: CRLF line ends,
 * seven bits, no line over 998 characters.
 *
 * <p>Header values pass {@link CleanText} here, whoever calls: that is why this writer exists. Not thread-safe; call
 * {@link #flush()} at the end.
 */
public final class EmlWriter {

    /** Where lines are folded if they can be (RFC 5322 section 2.1.1). */
    static final int LINE = 78;

    private static final int MAX_VALUE = 4_000;
    private static final int LONGEST_WORD = 900;
    private static final int BASE64_LINE = 57;
    private static final int BASE64_BLOCK = BASE64_LINE * 128;

    private final OutputStream out;
    private final byte[] buffer = new byte[8192];
    private int used;

    /** Writes to this stream, which is never closed here. */
    public EmlWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Writes an unstructured header. A value that isn't plain ASCII becomes encoded-words (RFC 2047); one over 4,000
     * characters is cut off.
     *
     * @param name a header name of the program's own, never one from outside
     * @return whether the value had to be changed beyond encoding
     */
    public boolean header(String name, String value) throws IOException {
        CleanText clean = CleanText.of(value, MAX_VALUE);
        ascii(name);
        ascii(": ");
        int column = name.length() + 2;
        if (needsEncoding(clean.text())) {
            ascii(EncodedWords.encode(clean.text(), column));
        } else {
            folded(clean.text(), column);
        }
        crlf();
        return clean.changed();
    }

    /**
     * Writes a structured header whose elements are correct and ASCII already (addresses, message ids, parameters): one a
     * line if they don't fit on one.
     *
     * @param separator what stands between elements, such as {@code ","}; a space or fold follows it
     */
    void structured(String name, List<String> elements, String separator) throws IOException {
        ascii(name);
        ascii(":");
        int column = name.length() + 1;
        for (int i = 0; i < elements.size(); i++) {
            String element = elements.get(i);
            String piece = i + 1 < elements.size() ? element + separator : element;
            int firstLine = piece.indexOf('\r') < 0 ? piece.length() : piece.indexOf('\r');
            if (i > 0 && column + 1 + firstLine > LINE) {
                crlf();
                column = 0;
            }
            ascii(" ");
            ascii(piece);
            int lastBreak = piece.lastIndexOf('\n');
            column = lastBreak < 0 ? column + 1 + piece.length() : piece.length() - lastBreak;
        }
        crlf();
    }

    /** Writes a line end: after the headers, or between parts. */
    void crlf() throws IOException {
        ascii("\r\n");
    }

    /** Writes ASCII as it is. */
    void ascii(CharSequence text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            if (used == buffer.length) {
                drain();
            }
            buffer[used++] = (byte) text.charAt(i);
        }
    }

    /** Writes bytes as they are. */
    void raw(byte[] bytes, int length) throws IOException {
        drain();
        out.write(bytes, 0, length);
    }

    /** Writes a content in base64, 76 characters a line, reading it once and keeping nothing of it. */
    void base64(Content content) throws IOException {
        byte[] block = new byte[BASE64_BLOCK];
        byte[] encoded = new byte[BASE64_BLOCK / 3 * 4];
        Base64.Encoder encoder = Base64.getEncoder();
        try (InputStream in = content.open()) {
            for (int n = in.readNBytes(block, 0, block.length); n > 0; n = in.readNBytes(block, 0, block.length)) {
                byte[] source = n == block.length ? block : java.util.Arrays.copyOf(block, n);
                int length = encoder.encode(source, encoded);
                for (int from = 0; from < length; from += 76) {
                    bytes(encoded, from, Math.min(76, length - from));
                    crlf();
                }
            }
        }
    }

    /** Hands everything on to the stream. */
    public void flush() throws IOException {
        drain();
        out.flush();
    }

    /** Whether a clean text can't stand in a header as it is. */
    static boolean needsEncoding(String text) {
        int word = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            word = c == ' ' ? 0 : word + 1;
            boolean twoSpaces = c == ' ' && i > 0 && text.charAt(i - 1) == ' ';
            boolean looksEncoded = c == '?' && i > 0 && text.charAt(i - 1) == '=';
            if (c < ' ' || c > '~' || twoSpaces || looksEncoded || word > LONGEST_WORD) {
                return true;
            }
        }
        return false;
    }

    private void folded(String text, int startColumn) throws IOException {
        int column = startColumn;
        int from = 0;
        while (from < text.length()) {
            int space = text.indexOf(' ', from + 1);
            int to = space < 0 ? text.length() : space;
            if (column + (to - from) > LINE && from > 0) {
                crlf();
                column = 0;
            }
            ascii(text.substring(from, to));
            column += to - from;
            from = to;
        }
    }

    private void bytes(byte[] bytes, int from, int length) throws IOException {
        if (length > buffer.length - used) {
            drain();
        }
        System.arraycopy(bytes, from, buffer, used, length);
        used += length;
    }

    private void drain() throws IOException {
        out.write(buffer, 0, used);
        used = 0;
    }
}
