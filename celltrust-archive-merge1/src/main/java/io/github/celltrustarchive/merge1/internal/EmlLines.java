// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import java.io.IOException;
import java.io.InputStream;

/**
 * An email line by line, in 64 KiB whatever its lines are like: a longer line comes in pieces. Lines end in CRLF or LF; in
 * a header a CR alone ends one too, as core's reader of headers sees it.
 *
 * <p>Not thread-safe. Doesn't close the stream.
 */
final class EmlLines {

    private static final int SIZE = 65_536;

    private final InputStream in;
    private final byte[] buffer = new byte[SIZE];
    private int position;
    private int limit;
    private boolean ended;
    private long count;

    private int start;
    private int end;
    private boolean startsLine;
    private boolean endsLine = true;

    EmlLines(InputStream in) {
        this.in = in;
    }

    /** Moves to the next line or piece; false at the end. */
    boolean next(boolean inHeader) throws IOException {
        startsLine = endsLine;
        int at = position;
        while (true) {
            for (; at < limit; at++) {
                byte b = buffer[at];
                if (b == '\n') {
                    boolean carriageReturn = at > position && buffer[at - 1] == '\r';
                    return take(carriageReturn ? at - 1 : at, at + 1, true);
                }
                if (inHeader && b == '\r') {
                    if (at + 1 == limit && !ended) {
                        break; // whether a line feed follows isn't known yet
                    }
                    boolean lineFeed = at + 1 < limit && buffer[at + 1] == '\n';
                    return take(at, lineFeed ? at + 2 : at + 1, true);
                }
            }
            if (ended) {
                return position < limit && take(limit, limit, false);
            }
            if (position == 0 && limit == SIZE) {
                int piece = buffer[SIZE - 1] == '\r' ? SIZE - 1 : SIZE;
                return take(piece, piece, false);
            }
            at -= position;
            fill();
        }
    }

    private boolean take(int contentEnd, int next, boolean terminated) {
        start = position;
        end = contentEnd;
        position = next;
        endsLine = terminated;
        return true;
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        int read = in.read(buffer, limit, SIZE - limit);
        if (read < 0) {
            ended = true;
        } else {
            limit += read;
            count += read;
        }
    }

    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int length() {
        return end - start;
    }

    boolean startsLine() {
        return startsLine;
    }

    /** Whether a line end follows the piece. */
    boolean endsLine() {
        return endsLine;
    }

    /** A whole line without content. */
    boolean isEmptyLine() {
        return startsLine && endsLine && start == end;
    }

    /** Bytes read from the stream so far. */
    long count() {
        return count;
    }
}
