// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.DeliveryOutcome;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.SinkTraits;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * A sink with the faults of a plan in {@code deliver}, {@code deliverAll}, {@code find} and {@code preflight}.
 *
 * <p>The pipeline delivers everything by {@code deliverAll}. Unless the sink's traits have batches, its messages are
 * delivered and counted one by one, as {@code deliver}. A batch is one call: its fault is that of all messages in it,
 * {@code NotWritten} for an {@link ArchiveException} and {@code Unknown} for everything else.
 */
public final class FaultySink implements MailboxSink {

    private final MailboxSink sink;
    private final FaultPlan plan;

    /** Wraps a sink. */
    public FaultySink(MailboxSink sink, FaultPlan plan) {
        this.sink = Objects.requireNonNull(sink, "sink");
        this.plan = plan.requireMethods("deliver", "deliverAll", "find", "preflight");
    }

    @Override
    public Receipt deliver(Delivery delivery) throws IOException, InterruptedException {
        return plan.call("deliver", () -> sink.deliver(delivery));
    }

    @Override
    public List<DeliveryOutcome> deliverAll(List<Delivery> oneMailbox) throws InterruptedException {
        if (sink.traits().batchSize() == 1) {
            return MailboxSink.super.deliverAll(oneMailbox);
        }
        try {
            return plan.call("deliverAll", () -> sink.deliverAll(oneMailbox));
        } catch (ArchiveException e) {
            return oneMailbox.stream()
                    .map(delivery -> DeliveryOutcome.notWritten(e))
                    .toList();
        } catch (IOException | RuntimeException e) {
            return oneMailbox.stream()
                    .map(delivery -> DeliveryOutcome.unknown(e))
                    .toList();
        }
    }

    @Override
    public Lookup find(Delivery delivery) throws IOException, InterruptedException {
        return plan.call("find", () -> sink.find(delivery));
    }

    @Override
    public SinkTraits traits() {
        return sink.traits();
    }

    @Override
    public List<Check> preflight() throws IOException, InterruptedException {
        return plan.call("preflight", sink::preflight);
    }

    /** Does nothing after a crash. */
    @Override
    public void close() throws IOException {
        if (!plan.crashed()) {
            sink.close();
        }
    }
}
