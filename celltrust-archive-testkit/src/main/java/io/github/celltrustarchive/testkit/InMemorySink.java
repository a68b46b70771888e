// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.DeliveryKey;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.IncompleteDeliveryException;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.SinkTraits;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Mailboxes in memory, on a server that is as bad as a test wants it. Like most mail servers it knows no
 * create-if-absent: a message that is delivered twice is there twice, so that a test sees it.
 *
 * <p>The mailboxes outlive the simulated process that delivers: a test keeps one sink over all crashes. May be used by
 * several threads at once.
 */
public final class InMemorySink implements MailboxSink {

    /** What goes wrong with one delivery. */
    public enum Fault {
        /** Nothing. */
        NONE,
        /** The server says no: certainly not written, try again. */
        REFUSED,
        /** The request is lost: not written, and nobody knows. */
        REQUEST_LOST,
        /** The answer is lost: written, and nobody knows. */
        ANSWER_LOST,
        /** Nobody knows, and it is written when the settle time is almost over, even if the client is gone by then. */
        APPLIED_LATE,
        /** Written in part, and the sink knows; a delivery with the reference completes it. */
        INCOMPLETE
    }

    /**
     * A message in a mailbox.
     *
     * @param key its delivery key
     * @param folder its folder
     * @param envelope as delivered
     * @param sha256 of its EML
     * @param reference the sink's own
     * @param complete whether it is there whole
     */
    public record StoredMessage(
            DeliveryKey key, String folder, Envelope envelope, String sha256, String reference, boolean complete) {}

    private record LateWrite(Instant at, String mailbox, StoredMessage message) {}

    private final Clock clock;
    private final SinkTraits traits;
    private final Map<String, List<StoredMessage>> mailboxes = new TreeMap<>();
    private final Map<DeliveryKey, Integer> attempts = new LinkedHashMap<>();
    private final List<LateWrite> lateWrites = new ArrayList<>();
    private Function<? super Delivery, Fault> faults = delivery -> Fault.NONE;
    private long lastReference;

    /** A faultless sink with {@link SinkTraits#DEFAULTS}. */
    public InMemorySink(Clock clock) {
        this(clock, SinkTraits.DEFAULTS);
    }

    /** A faultless sink; late writes go by this clock. */
    public InMemorySink(Clock clock, SinkTraits traits) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.traits = Objects.requireNonNull(traits, "traits");
    }

    /** What goes wrong with each delivery from now on. */
    public synchronized InMemorySink faults(Function<? super Delivery, Fault> value) {
        faults = Objects.requireNonNull(value, "value");
        return this;
    }

    @Override
    public synchronized Receipt deliver(Delivery delivery) throws IOException {
        applyLateWrites();
        attempts.merge(delivery.key(), 1, Integer::sum);
        Fault fault = faults.apply(delivery);
        switch (fault) {
            case REFUSED -> throw ArchiveException.retry("the server refuses", null);
            case REQUEST_LOST -> throw new IOException("the request was lost");
            case APPLIED_LATE -> {
                Duration late = traits.settleTime().multipliedBy(9).dividedBy(10);
                lateWrites.add(new LateWrite(
                        clock.instant().plus(late), delivery.mailbox().id(), message(delivery, true)));
                throw new IOException("no answer in time");
            }
            case INCOMPLETE -> {
                StoredMessage half = message(delivery, false);
                mailbox(delivery).add(half);
                throw new IncompleteDeliveryException(
                        half.reference(), ArchiveException.Remedy.RETRY, "the second half failed", null);
            }
            default -> {
                StoredMessage message = message(delivery, true);
                if (delivery.incompleteReference() != null) {
                    mailbox(delivery).removeIf(m -> m.reference().equals(delivery.incompleteReference()));
                }
                mailbox(delivery).add(message);
                if (fault == Fault.ANSWER_LOST) {
                    throw new IOException("the answer was lost");
                }
                return Receipt.imported(delivery.envelope(), message.reference());
            }
        }
    }

    private StoredMessage message(Delivery delivery, boolean complete) throws IOException {
        String resumed = delivery.incompleteReference();
        String reference = resumed != null ? resumed : "memory-" + ++lastReference;
        return new StoredMessage(
                delivery.key(),
                delivery.folder(),
                delivery.envelope(),
                Digests.sha256(read(delivery)),
                reference,
                complete);
    }

    private static byte[] read(Delivery delivery) throws IOException {
        try (InputStream in = delivery.eml().open()) {
            return in.readAllBytes();
        }
    }

    private List<StoredMessage> mailbox(Delivery delivery) {
        return mailboxes.computeIfAbsent(delivery.mailbox().id(), id -> new ArrayList<>());
    }

    private void applyLateWrites() {
        Iterator<LateWrite> late = lateWrites.iterator();
        while (late.hasNext()) {
            LateWrite write = late.next();
            if (!write.at().isAfter(clock.instant())) {
                mailboxes
                        .computeIfAbsent(write.mailbox(), id -> new ArrayList<>())
                        .add(write.message());
                late.remove();
            }
        }
    }

    @Override
    public synchronized Lookup find(Delivery delivery) {
        applyLateWrites();
        List<StoredMessage> there = mailboxes.getOrDefault(delivery.mailbox().id(), List.of()).stream()
                .filter(message -> message.key().equals(delivery.key()))
                .toList();
        if (there.isEmpty()) {
            return Lookup.absent();
        }
        if (there.size() > 1) {
            return Lookup.several(there.stream().map(StoredMessage::reference).toList());
        }
        StoredMessage message = there.get(0);
        return message.complete()
                ? Lookup.found(Receipt.imported(delivery.envelope(), message.reference()))
                : Lookup.incomplete(message.reference());
    }

    @Override
    public SinkTraits traits() {
        return traits;
    }

    /** What a mailbox holds, in order of arrival; late writes that are due included. */
    public synchronized List<StoredMessage> messages(String mailboxId) {
        applyLateWrites();
        return List.copyOf(mailboxes.getOrDefault(mailboxId, List.of()));
    }

    /** The ids of all mailboxes that were ever written to, sorted. */
    public synchronized List<String> mailboxIds() {
        applyLateWrites();
        return List.copyOf(mailboxes.keySet());
    }

    /** How often each delivery was attempted. */
    public synchronized Map<DeliveryKey, Integer> attempts() {
        return Map.copyOf(attempts);
    }
}
