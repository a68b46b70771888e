// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/** Graph refused a request. As an {@link IOException} it means what the SPI says: the outcome isn't known. */
public final class GraphException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(10);

    private final transient GraphError error;

    GraphException(GraphError error) {
        super(error.text());
        this.error = error;
    }

    GraphError error() {
        return error;
    }

    /** The SPI's word for it: with a remedy where it is certain that nothing was done, this exception where it is not. */
    IOException orCertainly(Clock clock) {
        if (!error.certainlyNotDone()) {
            return this;
        }
        String text = error.text();
        throw switch (error.meaning()) {
            case THROTTLED ->
                ArchiveException.retryNotBefore(
                        clock.instant().plus(error.retryAfter().orElse(DEFAULT_WAIT)), text, this);
            case UNAUTHENTICATED, DIRECTORY_DENIED -> ArchiveException.stop(text, this);
            case MAILBOX_FULL, CONFLICT, NOT_FOUND, TRANSIENT, NOT_FROM_GRAPH -> ArchiveException.retry(text, this);
            case ACCESS_DENIED,
                    NO_MAILBOX,
                    NAMED_PROPERTIES_FULL,
                    FOLDER_FULL,
                    TOO_LARGE,
                    TOO_SMALL_FOR_SESSION,
                    BAD_REQUEST -> ArchiveException.hold(text, this);
        };
    }

    /** The SPI's word for it where nothing that counts was asked for: with a remedy in every case. */
    ArchiveException unwritten(Clock clock) {
        try {
            return ArchiveException.retry(error.text(), orCertainly(clock));
        } catch (ArchiveException e) {
            return e;
        }
    }
}
