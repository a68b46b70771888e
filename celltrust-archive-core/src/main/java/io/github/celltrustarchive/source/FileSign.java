// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.DigestedContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Notices that a file isn't the one that was read: a digest of its first bytes and of the last ones before the place
 * reached.
 */
final class FileSign {

    private static final int LENGTH = 4_096;
    private static final int DIGITS = 16;

    private FileSign() {}

    /** The sign of everything before {@code end}. */
    static String of(ExportBytes bytes, long end) throws IOException {
        int length = (int) Math.min(LENGTH, end);
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.write(bytes.bytes(0, length));
        signed.write(bytes.bytes(end - length, length));
        return DigestedContent.of(Content.of(signed.toByteArray())).sha256().substring(0, DIGITS);
    }

    static void check(String name, ExportBytes bytes, FileCheckpoint.Mark mark) throws IOException {
        if (bytes.size() < mark.offset()) {
            throw changed(name, "has become shorter than what was read of it");
        }
        if (mark.offset() > 0 && !of(bytes, mark.offset()).equals(mark.sign())) {
            throw changed(name, "differs from what was read of it");
        }
    }

    private static ExportFileException changed(String name, String what) {
        return new ExportFileException(
                name, what + ". Put the original back, or give the new content another file name");
    }
}
