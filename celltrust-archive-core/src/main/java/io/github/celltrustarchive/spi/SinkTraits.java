// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import java.time.Duration;
import java.util.Objects;

/**
 * What a sink can take. Constant for the life of the sink.
 *
 * @param maxMessageBytes the largest EML it accepts; a larger one is held with a reason
 * @param settleTime how long a write whose answer was lost may still take effect; between two looks for it the pipeline
 *     waits this long. Zero for a sink whose writes are create-if-absent
 * @param inFlightPerMailbox how many deliveries to one mailbox may be under way at once, at least 1
 * @param batchSize how many deliveries {@link MailboxSink#deliverAll} takes at once, at least 1
 */
public record SinkTraits(long maxMessageBytes, Duration settleTime, int inFlightPerMailbox, int batchSize) {

    /** Any size, 60 seconds to settle, one in flight, no batches: safe for a sink that knows nothing better. */
    public static final SinkTraits DEFAULTS = new SinkTraits(Long.MAX_VALUE, Duration.ofSeconds(60), 1, 1);

    public SinkTraits {
        Objects.requireNonNull(settleTime, "settleTime");
        if (maxMessageBytes < 1 || settleTime.isNegative() || inFlightPerMailbox < 1 || batchSize < 1) {
            throw new IllegalArgumentException("sizes and counts must be positive, the settle time not negative");
        }
    }

    /** These traits with another limit in bytes. */
    public SinkTraits withMaxMessageBytes(long value) {
        return new SinkTraits(value, settleTime, inFlightPerMailbox, batchSize);
    }

    /** These traits with another settle time. */
    public SinkTraits withSettleTime(Duration value) {
        return new SinkTraits(maxMessageBytes, value, inFlightPerMailbox, batchSize);
    }

    /** These traits with another number in flight. */
    public SinkTraits withInFlightPerMailbox(int value) {
        return new SinkTraits(maxMessageBytes, settleTime, value, batchSize);
    }

    /** These traits with another batch size. */
    public SinkTraits withBatchSize(int value) {
        return new SinkTraits(maxMessageBytes, settleTime, inFlightPerMailbox, value);
    }
}
