// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mailbox;

import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Objects;

/** Says what went wrong without the path, which holds an address. */
final class MaildirTrouble {

    private MaildirTrouble() {}

    /** Certainly nothing was written. */
    static ArchiveException notWritten(IOException e) {
        return isFull(e)
                ? ArchiveException.retry(
                        "maildir: no space left on the mail store's disk; make room, the delivery is tried again",
                        withoutPath(e))
                : ArchiveException.retry("maildir: nothing could be written: " + describe(e), withoutPath(e));
    }

    /** Perhaps something was written. */
    static IOException unknown(IOException e) {
        return new IOException("maildir: whether the message was written isn't known: " + describe(e), withoutPath(e));
    }

    /** It can't be told what is there. */
    static IOException notRead(IOException e) {
        return new IOException("maildir: the mailbox can't be read now: " + describe(e), withoutPath(e));
    }

    private static boolean isFull(IOException e) {
        String text = describe(e).toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("quota") || text.contains("not enough space");
    }

    private static String describe(IOException e) {
        String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return e.getClass().getSimpleName() + " " + Objects.requireNonNullElse(reason, "");
    }

    private static IOException withoutPath(IOException e) {
        if (!(e instanceof FileSystemException)) {
            return e;
        }
        IOException copy = new IOException(describe(e));
        copy.setStackTrace(e.getStackTrace());
        return copy;
    }
}
