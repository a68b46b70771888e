// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes the bytes of an email (RFC 5322, RFC 2045) to a stream through one small buffer: header blocks that are made
 * already, delimiters, and bodies as Base64 while they are read. Never closes or flushes the stream it was given; call
 * {@link #flush()} at the end. Not thread-safe.
 */
final class EmlWriter {

    /** How many bytes of content are encoded at a time: 144 lines of Base64. */
    private static final int CHUNK = 57 * 144;

    private static final int LINE_BYTES = 57;

    private final OutputStream out;
    private final byte[] buffer = new byte[8192];
    private int length;

    EmlWriter(OutputStream out) {
        this.out = out;
    }

    /** One byte. */
    void write(int b) throws IOException {
        if (length == buffer.length) {
            flush();
        }
        buffer[length++] = (byte) b;
    }

    /** Bytes as they are. */
    void write(byte[] source, int count) throws IOException {
        if (count > buffer.length - length) {
            flush();
        }
        if (count > buffer.length) {
            out.write(source, 0, count);
        } else {
            System.arraycopy(source, 0, buffer, length, count);
            length += count;
        }
    }

    /** Text that is known to be ASCII. */
    void ascii(String text) throws IOException {
        ascii(text, 0, text.length());
    }

    /** The part from {@code from} up to {@code to} of a text, which is known to be ASCII and short. */
    void ascii(String text, int from, int to) throws IOException {
        if (to - from > buffer.length - length) {
            flush();
        }
        for (int i = from; i < to; i++) {
            buffer[length++] = (byte) text.charAt(i);
        }
    }

    /** A line end. */
    void endLine() throws IOException {
        write('\r');
        write('\n');
    }

    /** The delimiter line in front of the first part, at the start of a line. */
    void firstDelimiter(String boundary) throws IOException {
        ascii("--");
        ascii(boundary);
        endLine();
    }

    /** A delimiter line behind a part; the line end in front of it belongs to it (RFC 2046 section 5.1.1). */
    void delimiter(String boundary) throws IOException {
        endLine();
        firstDelimiter(boundary);
    }

    /** The delimiter behind the last part, without the line end that the next delimiter, or the email's end, brings. */
    void closeDelimiter(String boundary) throws IOException {
        endLine();
        ascii("--");
        ascii(boundary);
        ascii("--");
    }

    /**
     * A whole content as Base64 in lines of 76, without a line end behind the last.
     *
     * @throws IOException from either side, or if the content has another number of bytes than {@code size}
     */
    void base64(InputStream in, long size) throws IOException {
        byte[] chunk = new byte[(int) Math.min(CHUNK, size + 1)];
        byte[] encoded = new byte[encodedLength(chunk.length)];
        long count = 0;
        for (int n = in.readNBytes(chunk, 0, chunk.length); n > 0; n = in.readNBytes(chunk, 0, chunk.length)) {
            if (count > 0) {
                endLine();
            }
            base64(chunk, n, encoded);
            count += n;
        }
        if (count != size) {
            throw new IOException("content declares " + size + " bytes but delivers " + count);
        }
    }

    /** At most a chunk as Base64 in lines of 76, without a line end behind the last. */
    void base64(byte[] source, int count, byte[] encoded) throws IOException {
        byte[] exact = count == source.length ? source : Arrays.copyOf(source, count);
        int written = Base64.getMimeEncoder().encode(exact, encoded);
        write(encoded, written);
    }

    /** The length of the Base64 form of so many bytes with its line ends. */
    static int encodedLength(int count) {
        return (count + 2) / 3 * 4 + 2 * (count / LINE_BYTES);
    }

    /** Hands everything to the stream. */
    void flush() throws IOException {
        out.write(buffer, 0, length);
        length = 0;
    }
}
