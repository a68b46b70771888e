// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.CharBuffer;

/** Lets libraries that want a writer write to what the caller gave, which stays the caller's to flush and close. */
final class AppendingWriter extends Writer {

    private final Appendable target;

    AppendingWriter(Appendable target) {
        this.target = target;
    }

    @Override
    public void write(char[] chars, int offset, int length) throws IOException {
        target.append(CharBuffer.wrap(chars, offset, length));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
