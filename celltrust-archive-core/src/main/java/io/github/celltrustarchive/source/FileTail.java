// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.source.JsonLinesCheckpoint.Mark;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Notices that a file isn't the one that was read: a digest of the last bytes before the place reached. */
final class FileTail {

    private static final int LENGTH = 4_096;

    private FileTail() {}

    static Mark sign(Path file, Mark mark) throws IOException {
        return new Mark(mark.offset(), mark.lines(), digest(file, mark.offset()), mark.openLine());
    }

    static void check(Path file, Mark mark, long size) throws IOException {
        if (size < mark.offset()) {
            throw changed(file, "has become shorter than what was read of it");
        }
        if (mark.offset() > 0
                && size > mark.offset()
                && !digest(file, mark.offset()).equals(mark.tail())) {
            throw changed(file, "differs from what was read of it");
        }
    }

    /**
     * Where to go on in a file that has grown. If its last line had no end: behind the end it got meanwhile, or, if the
     * line itself has grown, at its start.
     */
    static Mark continueOpenLine(Path file, Mark mark) throws IOException {
        if (mark.openLine() < 0) {
            return mark;
        }
        try (InputStream in = FileSlice.of(file, mark.offset(), 1).open()) {
            if (in.read() == '\n') {
                return new Mark(mark.offset() + 1, mark.lines(), mark.tail(), -1);
            }
        }
        return new Mark(mark.openLine(), mark.lines() - 1, mark.tail(), -1);
    }

    private static String digest(Path file, long end) throws IOException {
        long length = Math.min(LENGTH, end);
        return DigestedContent.of(FileSlice.of(file, end - length, length))
                .sha256()
                .substring(0, 16);
    }

    private static IOException changed(Path file, String what) {
        return new IOException("export file " + file.getFileName() + " " + what
                + ". Put the original back, or give the new content another file name");
    }
}
