// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import io.github.celltrustarchive.model.Receipt;
import java.util.Objects;

/** What became of one delivery of a batch. */
public sealed interface DeliveryOutcome {

    /** It is in the mailbox. */
    static DeliveryOutcome delivered(Receipt receipt) {
        return new Delivered(receipt);
    }

    /** Certainly nothing was written; the exception says what to do. */
    static DeliveryOutcome notWritten(ArchiveException cause) {
        return new NotWritten(cause);
    }

    /** Something was written, but not all. */
    static DeliveryOutcome incomplete(IncompleteDeliveryException cause) {
        return new Incomplete(cause);
    }

    /** Nobody knows: the pipeline looks for it before it tries again. */
    static DeliveryOutcome unknown(Throwable cause) {
        return new Unknown(cause);
    }

    /**
     * It is in the mailbox.
     *
     * @param receipt the sink's word
     */
    record Delivered(Receipt receipt) implements DeliveryOutcome {
        public Delivered {
            Objects.requireNonNull(receipt, "receipt");
        }
    }

    /**
     * Certainly not in the mailbox.
     *
     * @param cause why, and what to do
     */
    record NotWritten(ArchiveException cause) implements DeliveryOutcome {
        public NotWritten {
            Objects.requireNonNull(cause, "cause");
        }
    }

    /**
     * In the mailbox in part.
     *
     * @param cause where, and what to do
     */
    record Incomplete(IncompleteDeliveryException cause) implements DeliveryOutcome {
        public Incomplete {
            Objects.requireNonNull(cause, "cause");
        }
    }

    /**
     * Perhaps in the mailbox.
     *
     * @param cause what was seen instead of an answer
     */
    record Unknown(Throwable cause) implements DeliveryOutcome {
        public Unknown {
            Objects.requireNonNull(cause, "cause");
        }
    }
}
