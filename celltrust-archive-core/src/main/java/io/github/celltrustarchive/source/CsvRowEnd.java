// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

/**
 * Finds the line feed that ends a row (RFC 4180 section 2), as the parser of the row will see it: a quote opens at the
 * start of a cell only, and is closed by the next one that isn't doubled.
 */
final class CsvRowEnd implements LineEnd {

    private static final int CELL_START = 0;
    private static final int PLAIN = 1;
    private static final int QUOTED = 2;
    private static final int QUOTE_IN_QUOTED = 3;

    private final byte delimiter;
    private final byte quote;
    private int state;
    private long lineFeeds;

    CsvRowEnd(char delimiter, char quote) {
        this.delimiter = (byte) delimiter;
        this.quote = (byte) quote;
    }

    @Override
    public void begin() {
        state = CELL_START;
        lineFeeds = 0;
    }

    @Override
    public int find(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (state == QUOTED) {
                if (b == quote) {
                    state = QUOTE_IN_QUOTED;
                } else if (b == '\n') {
                    lineFeeds++;
                }
            } else if (b == '\n') {
                return i;
            } else {
                state = outside(b);
            }
        }
        return to;
    }

    @Override
    public long inner() {
        return lineFeeds;
    }

    private int outside(byte b) {
        if (b == quote && state != PLAIN) { // opens, or is the second one of a pair
            return QUOTED;
        }
        return b == delimiter || b == '\r' ? CELL_START : PLAIN; // a lone CR ends a row for some: never split behind it
    }
}
