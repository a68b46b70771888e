// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.DeliveryOutcome;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.SinkTraits;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** A sink whose process may die before and after each delivery or batch, and before each lookup. */
public final class CrashingSink implements MailboxSink {

    private final MailboxSink sink;
    private final CrashPoint crashPoint;

    /** Wraps a sink. */
    public CrashingSink(MailboxSink sink, CrashPoint crashPoint) {
        this.sink = Objects.requireNonNull(sink, "sink");
        this.crashPoint = Objects.requireNonNull(crashPoint, "crashPoint");
    }

    @Override
    public Receipt deliver(Delivery delivery) throws IOException, InterruptedException {
        crashPoint.pass("before deliver");
        Receipt receipt = sink.deliver(delivery);
        crashPoint.pass("after deliver");
        return receipt;
    }

    @Override
    public List<DeliveryOutcome> deliverAll(List<Delivery> oneMailbox) throws InterruptedException {
        crashPoint.pass("before deliverAll");
        List<DeliveryOutcome> outcomes = sink.deliverAll(oneMailbox);
        crashPoint.pass("after deliverAll");
        return outcomes;
    }

    @Override
    public Lookup find(Delivery delivery) throws IOException, InterruptedException {
        crashPoint.pass("before find");
        return sink.find(delivery);
    }

    @Override
    public SinkTraits traits() {
        return sink.traits();
    }

    @Override
    public List<Check> preflight() throws IOException, InterruptedException {
        return sink.preflight();
    }

    /** Does nothing after the crash. */
    @Override
    public void close() throws IOException {
        if (!crashPoint.crashed()) {
            sink.close();
        }
    }
}
