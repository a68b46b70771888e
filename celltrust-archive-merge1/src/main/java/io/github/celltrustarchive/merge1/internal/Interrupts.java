// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import org.jspecify.annotations.Nullable;

/** Channels and the SSH client turn an interrupt into an {@code IOException}; here it is known again. */
public final class Interrupts {

    private static final int DEEPEST_CAUSE = 20;

    private Interrupts() {}

    /** Whether an exception, or one of its causes, stands for an interrupt. */
    static boolean caused(@Nullable Throwable e) {
        Throwable cause = e;
        for (int i = 0; cause != null && i < DEEPEST_CAUSE; i++) {
            boolean interrupted = cause instanceof InterruptedException
                    || cause instanceof ClosedByInterruptException
                    || (cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException));
            if (interrupted) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** What a path or a listing hid in an unchecked exception. */
    static IOException unwrapped(RuntimeException e) {
        return e.getCause() instanceof IOException cause ? cause : new IOException("can't be read now", e);
    }

    /**
     * The same of an exception that hides one.
     *
     * @throws InterruptedException in place of an exception that stands for an interrupt
     */
    public static IOException requireNone(UncheckedIOException e) throws InterruptedException {
        return requireNone(unwrapped(e));
    }

    /**
     * The exception itself, if it is about input or output.
     *
     * @throws InterruptedException in place of an exception that stands for an interrupt
     */
    public static IOException requireNone(IOException e) throws InterruptedException {
        if (caused(e)) {
            Thread.interrupted(); // the exception takes its place
            InterruptedException interrupted = new InterruptedException("interrupted while reading");
            interrupted.initCause(e);
            throw interrupted;
        }
        return e;
    }
}
