// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

/** Finds where a record ends, over as many buffers as it takes. */
interface LineEnd {

    /** A record starts here. */
    void begin();

    /** The position of the line feed that ends the record, or {@code to}. */
    int find(byte[] bytes, int from, int to);

    /** How many line feeds the record had before the one that ends it. */
    long inner();

    /** Every line feed ends a record. */
    static LineEnd every() {
        return new LineEnd() {
            @Override
            public void begin() {
                // nothing to remember
            }

            @Override
            public int find(byte[] bytes, int from, int to) {
                int end = from;
                while (end < to && bytes[end] != '\n') {
                    end++;
                }
                return end;
            }

            @Override
            public long inner() {
                return 0;
            }
        };
    }
}
