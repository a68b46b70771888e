// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that is in the mailbox in part: the sink created it but couldn't finish it. The reference is stored; the next
 * attempt gets it in {@link io.github.celltrustarchive.model.Delivery#incompleteReference()} and resumes.
 */
public class IncompleteDeliveryException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String reference;
    private final ArchiveException.Remedy remedy;

    /**
     * A half-written message.
     *
     * @param reference the sink's own reference of what is there; no secret
     * @param remedy whether to resume later, to hold, or to end the run
     */
    public IncompleteDeliveryException(
            String reference, ArchiveException.Remedy remedy, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reference = Objects.requireNonNull(reference, "reference");
        this.remedy = Objects.requireNonNull(remedy, "remedy");
    }

    /** The sink's own reference of what is there. */
    public String reference() {
        return reference;
    }

    /** What the pipeline does about it. */
    public ArchiveException.Remedy remedy() {
        return remedy;
    }
}
