// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits a file into lines at LF or CRLF; what stands in quotes may hold some, if the format says so. Memory: one buffer
 * and one line of at most {@code maxInMemory} bytes; a longer line is only counted, and its content stays in the file.
 */
final class LineReader {

    /** The bytes of {@code "file"}, the key under which a record mentions a file beside it. */
    private static final long FILE_KEY = 0x22_66_69_6C_65_22L;

    private static final long SIX_BYTES = 0xFFFF_FFFF_FFFFL;

    private final ExportBytes file;
    private final LineEnd lineEnd;
    private final ByteBuffer buffer = ByteBuffer.allocate(65_536).limit(0);
    private final int maxInMemory;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private long position;
    private long bufferEnd;

    /**
     * One line.
     *
     * @param start offset of its first byte
     * @param end offset behind its terminator, if it has one
     * @param content without terminator
     * @param terminated whether it ends with LF
     * @param blank whether it holds only spaces, tabs and carriage returns
     * @param mentionsFile whether the bytes {@code "file"} occur in it
     * @param count how many lines of the file it takes: more than one if there are line feeds in quotes
     */
    record Line(
            long start,
            long end,
            Content content,
            boolean terminated,
            boolean blank,
            boolean mentionsFile,
            long count) {}

    LineReader(ExportBytes file, long offset, int maxInMemory, LineEnd lineEnd) throws IOException {
        this.file = file;
        this.maxInMemory = maxInMemory;
        this.lineEnd = lineEnd;
        position = offset == 0 ? byteOrderMark(file) : offset;
        bufferEnd = position;
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
        lineEnd.begin();
        byte[] bytes = buffer.array();
        while (buffer.hasRemaining() || fill()) {
            int from = buffer.position();
            int to = lineEnd.find(bytes, from, buffer.limit());
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
                Content content = content(start, carriageReturn ? end - 1 : end);
                return new Line(start, position, content, true, blank, mentionsFile, 1 + lineEnd.inner());
            }
        }
        return position == start
                ? null
                : new Line(start, position, content(start, position), false, blank, mentionsFile, 1 + lineEnd.inner());
    }

    private void collect(int from, int count, long start) {
        if (position + count - start <= maxInMemory + 1L) { // a carriage return doesn't count
            collected.write(buffer.array(), from, count);
        }
    }

    private Content content(long start, long end) {
        long size = end - start;
        if (size > maxInMemory) {
            return file.slice(start, size);
        }
        byte[] bytes = collected.toByteArray();
        return Content.of(bytes.length == size ? bytes : Arrays.copyOf(bytes, (int) size));
    }

    private boolean fill() throws IOException {
        buffer.clear();
        int count = file.read(buffer, bufferEnd);
        buffer.flip();
        bufferEnd += Math.max(count, 0);
        return count > 0;
    }

    /** How many bytes a byte order mark takes at the start of the file. */
    private static int byteOrderMark(ExportBytes file) throws IOException {
        byte[] bytes = file.bytes(0, 3);
        boolean mark =
                bytes.length == 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
        return mark ? 3 : 0;
    }
}
