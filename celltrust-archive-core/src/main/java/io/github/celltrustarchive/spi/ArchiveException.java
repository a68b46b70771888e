// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure whose remedy is known. Its message names what happened, to which item and what to do, and holds no secret, no
 * message text, no name, number or address.
 */
public class ArchiveException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What the pipeline does about it. */
    public enum Remedy {
        /** Tries again later: at the not-before time, or when the {@link RetryPolicy} says. */
        RETRY,
        /** Sets the item, participant or delivery aside until an operator releases it; its neighbours go on. */
        HOLD,
        /** Ends the run: credentials are wrong, the ledger is dead, another worker has taken over. */
        STOP
    }

    private final Remedy remedy;
    private final @Nullable Instant notBefore;

    /** A failure with this remedy. */
    public ArchiveException(Remedy remedy, String message) {
        this(remedy, message, null, null);
    }

    /** A failure with this remedy and its cause. */
    public ArchiveException(Remedy remedy, String message, @Nullable Throwable cause) {
        this(remedy, message, null, cause);
    }

    private ArchiveException(Remedy remedy, String message, @Nullable Instant notBefore, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.remedy = Objects.requireNonNull(remedy, "remedy");
        this.notBefore = notBefore;
    }

    /** Try again, when the {@link RetryPolicy} says. */
    public static ArchiveException retry(String message, @Nullable Throwable cause) {
        return new ArchiveException(Remedy.RETRY, message, null, cause);
    }

    /** Try again, but not before this time. From a sink it holds back the whole mailbox (Retry-After). */
    public static ArchiveException retryNotBefore(Instant notBefore, String message, @Nullable Throwable cause) {
        return new ArchiveException(Remedy.RETRY, message, Objects.requireNonNull(notBefore, "notBefore"), cause);
    }

    /** Set aside. */
    public static ArchiveException hold(String message, @Nullable Throwable cause) {
        return new ArchiveException(Remedy.HOLD, message, null, cause);
    }

    /** End the run. */
    public static ArchiveException stop(String message, @Nullable Throwable cause) {
        return new ArchiveException(Remedy.STOP, message, null, cause);
    }

    /** What the pipeline does about it. */
    public Remedy remedy() {
        return remedy;
    }

    /** The earliest time of the next try, if the failure says so. */
    public Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
    }
}
