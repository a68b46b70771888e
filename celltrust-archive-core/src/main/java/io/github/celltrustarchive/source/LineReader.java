// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.Content;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits a file into lines at LF or CRLF. Memory: one buffer and one line of at most {@code maxInMemory} bytes; a longer
 * line is only counted, and its content stays in the file.
 */
final class LineReader implements Closeable {

    /** The bytes of {@code "file"}, the key under which a record mentions a file beside it. */
    private static final long FILE_KEY = 0x22_66_69_6C_65_22L;

    private static final long SIX_BYTES = 0xFFFF_FFFF_FFFFL;

    private final Path file;
    private final SeekableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(65_536).limit(0);
    private final int maxInMemory;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private long position;

    /**
     * One line.
     *
     * @param start offset of its first byte
     * @param end offset behind its terminator, if it has one
     * @param content without terminator
     * @param terminated whether it ends with LF
     * @param blank whether it holds only spaces, tabs and carriage returns
     * @param mentionsFile whether the bytes {@code "file"} occur in it
     */
    record Line(long start, long end, Content content, boolean terminated, boolean blank, boolean mentionsFile) {}

    LineReader(Path file, long offset, int maxInMemory) throws IOException {
        this.file = file;
        this.maxInMemory = maxInMemory;
        this.channel = Files.newByteChannel(file);
        try {
            channel.position(offset);
            position = offset;
            if (offset == 0) {
                skipByteOrderMark();
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The next line, or null at the end of the file. */
    @Nullable
    Line next() throws IOException {
        long start = position;
        long window = 0;
        boolean blank = true;
        boolean mentionsFile = false;
        byte last = 0;
        collected.reset();
        byte[] bytes = buffer.array();
        while (buffer.hasRemaining() || fill()) {
            int from = buffer.position();
            int to = lineEnd(bytes, from, buffer.limit());
            boolean terminated = to < buffer.limit();
            for (int i = from; i < to && !mentionsFile; i++) {
                window = ((window << 8) | (bytes[i] & 0xFF)) & SIX_BYTES;
                mentionsFile = window == FILE_KEY;
            }
            for (int i = from; i < to && blank; i++) {
                blank = bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r';
            }
            last = to > from ? bytes[to - 1] : last;
            collect(from, to - from, start);
            position += to - from;
            buffer.position(to);
            if (terminated) {
                buffer.position(to + 1);
                position++;
                long end = position - 1;
                boolean carriageReturn = end > start && last == '\r';
                return new Line(
                        start, position, content(start, carriageReturn ? end - 1 : end), true, blank, mentionsFile);
            }
        }
        return position == start
                ? null
                : new Line(start, position, content(start, position), false, blank, mentionsFile);
    }

    /** The position of the next line feed, or {@code limit}. */
    private static int lineEnd(byte[] bytes, int from, int limit) {
        int to = from;
        while (to < limit && bytes[to] != '\n') {
            to++;
        }
        return to;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void collect(int from, int count, long start) {
        if (position + count - start <= maxInMemory + 1L) { // a carriage return doesn't count
            collected.write(buffer.array(), from, count);
        }
    }

    private Content content(long start, long end) {
        long size = end - start;
        if (size > maxInMemory) {
            return FileSlice.of(file, start, size);
        }
        byte[] bytes = collected.toByteArray();
        return Content.of(bytes.length == size ? bytes : Arrays.copyOf(bytes, (int) size));
    }

    private boolean fill() throws IOException {
        buffer.clear();
        int count = channel.read(buffer);
        buffer.flip();
        return count > 0;
    }

    private void skipByteOrderMark() throws IOException {
        ByteBuffer first = ByteBuffer.allocate(3);
        while (first.hasRemaining() && channel.read(first) >= 0) {
            // a short read is no end of file
        }
        byte[] bytes = first.array();
        boolean mark = bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
        position = mark ? 3 : 0;
        channel.position(position);
    }
}
