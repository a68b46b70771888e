// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.SinkTraits;
import io.github.celltrustarchive.testkit.InMemorySink;
import io.github.celltrustarchive.testkit.InMemorySink.Fault;
import io.github.celltrustarchive.testkit.ManualClock;
import io.github.celltrustarchive.testkit.contract.MailboxSinkContract;
import io.github.celltrustarchive.testkit.contract.StoredFolder;
import io.github.celltrustarchive.testkit.contract.StoredMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The sink in memory keeps the rules of sinks. One sink stands for all: its mailboxes outlive whoever delivers. */
class InMemorySinkContractTest extends MailboxSinkContract {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T08:00:00Z"));
    private final InMemorySink sink = new InMemorySink(
            clock, SinkTraits.DEFAULTS.withInFlightPerMailbox(4).withBatchSize(5));

    @Override
    protected MailboxSink open() {
        return sink;
    }

    @Override
    protected List<StoredFolder> stored(Mailbox mailbox) {
        Map<String, List<StoredMessage>> folders = sink.messages(mailbox.id()).stream()
                .collect(Collectors.groupingBy(
                        InMemorySink.StoredMessage::folder,
                        TreeMap::new,
                        Collectors.mapping(m -> StoredMessage.ofEmlDigest(m.sha256()), Collectors.toList())));
        return folders.entrySet().stream()
                .map(folder -> new StoredFolder(folder.getKey(), folder.getValue()))
                .toList();
    }

    @Override
    protected void letTimePass(Duration time) {
        clock.advance(time);
    }

    /** It knows no create-if-absent. */
    @Override
    protected boolean addCopy(Delivery delivery) throws IOException {
        sink.deliver(delivery);
        return true;
    }

    @Override
    protected boolean refuseWrites() {
        sink.faults(delivery -> Fault.REFUSED);
        return true;
    }

    @Override
    protected boolean loseAnswer() {
        return next(Fault.APPLIED_LATE);
    }

    @Override
    protected boolean breakHalfWay() {
        return next(Fault.INCOMPLETE);
    }

    /** What goes wrong with first attempts; those that resume them succeed. */
    private boolean next(Fault fault) {
        sink.faults(delivery -> delivery.attempt() == 1 ? fault : Fault.NONE);
        return true;
    }
}
