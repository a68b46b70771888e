// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.IncompleteDeliveryException;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.SinkTraits;
import io.github.celltrustarchive.testkit.contract.PlainMailStore.Kept;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A faultless sink; subclasses break it. */
class PlainSink implements MailboxSink {

    static final Duration SETTLE_TIME = Duration.ofSeconds(60);

    final PlainMailStore store;

    PlainSink(PlainMailStore store) {
        this.store = store;
    }

    @Override
    public SinkTraits traits() {
        return SinkTraits.DEFAULTS
                .withSettleTime(SETTLE_TIME)
                .withInFlightPerMailbox(4)
                .withBatchSize(5);
    }

    @Override
    public Receipt deliver(Delivery delivery) throws IOException, InterruptedException {
        reach();
        byte[] eml = read(delivery);
        synchronized (store) {
            return write(delivery, eml);
        }
    }

    byte[] read(Delivery delivery) throws IOException {
        return Bytes.of(delivery.eml());
    }

    Receipt write(Delivery delivery, byte[] eml) throws IOException {
        if (delivery.mailbox().id().equals(PlainMailStore.MISSING)) {
            throw ArchiveException.hold("there is no such mailbox", null);
        }
        if (store.refusing) {
            throw ArchiveException.retry("the mailbox is full", null);
        }
        for (Kept there : copies(delivery)) {
            if (there.whole()) {
                return Receipt.duplicate(there.reference());
            }
        }
        if (store.breaking) {
            store.breaking = false;
            Kept half = new Kept(delivery, Content.of(eml), store.nextReference(), false);
            store.add(half);
            throw new IncompleteDeliveryException(
                    half.reference(), ArchiveException.Remedy.RETRY, "the second half failed", null);
        }
        if (store.losingAnswer) {
            store.losingAnswer = false;
            store.addLate(
                    store.clock.instant().plus(lateness()),
                    new Kept(delivery, Content.of(eml), store.nextReference(), true));
            throw new IOException("no answer");
        }
        return keep(delivery, eml);
    }

    Duration lateness() {
        return SETTLE_TIME.minusSeconds(1);
    }

    Receipt keep(Delivery delivery, byte[] eml) {
        String resumed = delivery.incompleteReference();
        if (resumed != null) {
            store.remove(delivery.mailbox().id(), resumed);
        }
        String reference = resumed != null ? resumed : store.nextReference();
        store.add(new Kept(delivery, Content.of(eml), reference, true));
        return Receipt.imported(delivery.envelope(), reference);
    }

    @Override
    public Lookup find(Delivery delivery) throws IOException, InterruptedException {
        reach();
        synchronized (store) {
            return answer(delivery, copies(delivery));
        }
    }

    Lookup answer(Delivery delivery, List<Kept> copies) {
        if (copies.isEmpty()) {
            return Lookup.absent();
        }
        if (copies.size() > 1) {
            return Lookup.several(copies.stream().map(Kept::reference).toList());
        }
        Kept message = copies.get(0);
        return message.whole()
                ? Lookup.found(Receipt.imported(delivery.envelope(), message.reference()))
                : Lookup.incomplete(message.reference());
    }

    List<Kept> copies(Delivery delivery) {
        return store.all(delivery.mailbox().id()).stream()
                .filter(message -> message.delivery()
                        .envelope()
                        .key()
                        .equals(delivery.envelope().key()))
                .toList();
    }

    @Override
    public List<Check> preflight() throws IOException, InterruptedException {
        reach();
        return List.of(Check.pass("the store answers"));
    }

    void reach() throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("while the store was called");
        }
        if (store.unreachable) {
            throw new IOException("the store doesn't answer");
        }
    }
}
