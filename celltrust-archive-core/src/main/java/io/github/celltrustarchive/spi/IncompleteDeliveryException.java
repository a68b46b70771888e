// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message that is in the mailbox in part: the sink created it but couldn't finish it. The reference is stored; the next
 * attempt gets it in {@link io.github.celltrustarchive.model.Delivery#incompleteReference()} and resumes.
 */
public class IncompleteDeliveryException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String reference;
    private final ArchiveException.Remedy remedy;
    private final @Nullable Instant notBefore;

    /**
     * A half-written message.
     *
     * @param reference the sink's own reference of what is there; no secret
     * @param remedy whether to resume later, to hold, or to end the run
     */
    public IncompleteDeliveryException(
            String reference, ArchiveException.Remedy remedy, String message, @Nullable Throwable cause) {
        this(reference, remedy, null, message, cause);
    }

    /**
     * A half-written message that is resumed at a time which the service names.
     *
     * @param reference the sink's own reference of what is there; no secret
     * @param remedy whether to resume later, to hold, or to end the run
     * @param notBefore with {@code RETRY} the earliest time of the next try, for the whole mailbox (Retry-After); or null
     */
    public IncompleteDeliveryException(
            String reference,
            ArchiveException.Remedy remedy,
            @Nullable Instant notBefore,
            String message,
            @Nullable Throwable cause) {
        super(message, cause);
        this.reference = Objects.requireNonNull(reference, "reference");
        this.remedy = Objects.requireNonNull(remedy, "remedy");
        this.notBefore = notBefore;
    }

    /** The sink's own reference of what is there. */
    public String reference() {
        return reference;
    }

    /** What the pipeline does about it. */
    public ArchiveException.Remedy remedy() {
        return remedy;
    }

    /** The earliest time of the next try, if the failure says so; it holds back the whole mailbox. */
    public Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
    }
}
