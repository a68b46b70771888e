// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import jakarta.mail.internet.SharedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What the mail library looks for parts in. It reads header lines byte by byte, into memory, and contents in blocks; so bytes
 * that are read one by one without a line end among them are a header line, and one that doesn't end is an error here instead of a
 * full memory.
 */
final class BoundedLines extends FilterInputStream implements SharedInputStream {

    private int line;

    /** Over a {@link SharedInputStream}. */
    BoundedLines(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        line = b == '\n' || b == '\r' ? 0 : line + 1;
        if (line > EmlPart.MAX_HEADER) {
            throw new IOException("header line over " + EmlPart.MAX_HEADER + " bytes");
        }
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        line = 0;
        return super.read(bytes, offset, length);
    }

    @Override
    public long getPosition() {
        return ((SharedInputStream) in).getPosition();
    }

    @Override
    public InputStream newStream(long start, long end) {
        return ((SharedInputStream) in).newStream(start, end);
    }
}
