// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.DeliveryOutcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The rules of {@link MailboxSinkContract} about what arrives. */
abstract class SinkDeliverRules extends SinkStory {

    private static final int MOST_THREADS = 4;
    private static final int EACH = 5;

    SinkDeliverRules() {}

    @Test
    @Rule("sink.1")
    final void sink01_aMessageArrivesWholeInItsFolder() throws Exception {
        SinkMessage message = messages.withAttachments(1, SinkMessages.bytes(3_000), SinkMessages.bytes(20_000));
        deliver(message.to(mailbox, folder));
        assertHoldsOnly(mailbox, folder, message);
        assertEquals(1, count(mailbox), "messages in all folders of the mailbox");
    }

    @Test
    @Rule("sink.2")
    final void sink02_aFolderIsMadeAtAnyDepth() throws Exception {
        String deep = folder + "/Year 2026/November";
        deliver(messages.ordinary(1).to(mailbox, deep));
        assertEquals(1, in(mailbox, deep).size(), "messages in " + deep);
    }

    @Test
    @Rule("sink.3")
    final void sink03_theReceiptSaysWhetherAttachmentsWereLeftOut() throws Exception {
        Receipt whole = deliver(messages.ordinary(1).to(mailbox, folder));
        Receipt partial = deliver(messages.partial(2).to(mailbox, folder));
        assertEquals(Receipt.Status.IMPORTED, whole.status(), "of a whole message");
        assertEquals(Receipt.Status.PARTIALLY_IMPORTED, partial.status(), "of one whose attachment was left out");
    }

    @Test
    @Rule("sink.4")
    final void sink04_aLargeMessageArrivesWhole() throws Exception {
        int size = (int) Math.min(largeBytes(), sink.traits().maxMessageBytes() / 2);
        SinkMessage message = messages.withAttachments(1, SinkMessages.bytes(size));
        deliver(message.to(mailbox, folder));
        assertHoldsOnly(mailbox, folder, message);
    }

    @Test
    @Rule("sink.5")
    final void sink05_aMessageForTwoMailboxesIsInBoth() throws Exception {
        SinkMessage message = messages.ordinary(1);
        deliver(message.to(mailbox, folder));
        deliver(message.to(otherMailbox, folder));
        assertHoldsOnly(mailbox, folder, message);
        assertHoldsOnly(otherMailbox, folder, message);
    }

    @Test
    @Rule("sink.6")
    final void sink06_twoMessagesThatReadTheSameAreTwo() throws Exception {
        deliver(messages.ordinary(1).to(mailbox, folder));
        deliver(messages.twinOf(1).to(mailbox, folder));
        assertEquals(2, in(mailbox, folder).size(), "messages in the folder");
    }

    @Test
    @Rule("sink.7")
    final void sink07_duplicateMeansThatNothingMoreWasWritten() throws Exception {
        Delivery delivery = messages.ordinary(1).to(mailbox, folder);
        deliver(delivery);
        Receipt again = deliver(SinkMessage.again(delivery));
        int there = in(mailbox, folder).size();
        boolean duplicate = again.status() == Receipt.Status.DUPLICATE;
        assertTrue(there == 1 || (there == 2 && !duplicate), there + " messages after " + again.status());
    }

    @Test
    @Rule("sink.8")
    final void sink08_aLaterAttemptWritesAMessageThatIsNotThere() throws Exception {
        SinkMessage message = messages.ordinary(1);
        Receipt receipt = deliver(SinkMessage.again(message.to(mailbox, folder)));
        assertEquals(
                Receipt.Status.IMPORTED, receipt.status(), "of a second attempt, the first having come to nothing");
        assertHoldsOnly(mailbox, folder, message);
    }

    @Test
    @Rule("sink.9")
    final void sink09_hostileValuesAreDeliveredOrRefusedForSure() throws Exception {
        int delivered = 0;
        for (SinkMessage message : messages.hostile()) {
            Delivery delivery = message.to(mailbox, folder);
            if (accepts(delivery)) {
                delivered++;
                found(sink, delivery);
            }
        }
        assertEquals(delivered, in(mailbox, folder).size(), "messages in the folder");
        assertEquals(delivered, count(mailbox), "messages in all folders of the mailbox");
    }

    @Test
    @Rule("sink.10")
    final void sink10_severalMailboxesAreWrittenAtOnce() throws Exception {
        List<Mailbox> owners = mailboxes().stream().limit(MOST_THREADS).toList();
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (Mailbox owner : owners) {
            List<Delivery> own = deliveries(EACH * tasks.size(), EACH, owner);
            tasks.add(() -> deliveredAndFound(own));
        }
        int arrived = 0;
        for (int found : Elsewhere.together(tasks)) {
            assertEquals(EACH, found, "messages that a thread delivered and found");
        }
        for (Mailbox owner : owners) {
            arrived += in(owner, folder).size();
        }
        assertEquals(EACH * owners.size(), arrived, "messages in all mailboxes");
    }

    @Test
    @Rule("sink.11")
    final void sink11_aMailboxTakesAsManyAtOnceAsTheTraitsAllow() throws Exception {
        int threads = Math.min(MOST_THREADS, sink.traits().inFlightPerMailbox());
        Capability.require(threads > 1, "sink.11", "traits() say one in flight per mailbox");
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            List<Delivery> own = deliveries(EACH * thread, EACH, mailbox);
            tasks.add(() -> deliveredAndFound(own));
        }
        for (int found : Elsewhere.together(tasks)) {
            assertEquals(EACH, found, "messages that a thread delivered and found");
        }
        List<StoredFolder> folders = stored(mailbox).stream()
                .filter(there -> there.path().equals(folder))
                .toList();
        assertEquals(1, folders.size(), "folders of one path");
        assertEquals(EACH * threads, folders.get(0).messages().size(), "messages in the folder");
    }

    @Test
    @Rule("sink.12")
    final void sink12_aBatchHasOneOutcomeEachInOrder() throws Exception {
        int size = Math.min(EACH, sink.traits().batchSize());
        List<Delivery> batch = new ArrayList<>(deliveries(1, size, mailbox));
        batch.set(0, messages.partial(1).to(mailbox, folder));
        List<DeliveryOutcome> outcomes = sink.deliverAll(List.copyOf(batch));
        assertEquals(batch.size(), outcomes.size(), "outcomes");
        for (int i = 0; i < batch.size(); i++) {
            Receipt receipt = assertInstanceOf(DeliveryOutcome.Delivered.class, outcomes.get(i))
                    .receipt();
            Receipt.Status status =
                    batch.get(i).envelope().partial() ? Receipt.Status.PARTIALLY_IMPORTED : Receipt.Status.IMPORTED;
            assertEquals(status, receipt.status(), "status of delivery " + i + " of the batch");
        }
        assertEquals(batch.size(), in(mailbox, folder).size(), "messages in the folder");
    }

    @Test
    @Rule("sink.13")
    final void sink13_theOutcomesOfABatchAreTrue() throws Exception {
        List<Delivery> batch =
                new ArrayList<>(deliveries(1, Math.min(EACH, sink.traits().batchSize()), mailbox));
        int middle = batch.size() / 2;
        batch.set(middle, SinkMessage.unreadable(batch.get(middle)));
        List<DeliveryOutcome> outcomes = sink.deliverAll(List.copyOf(batch));
        assertEquals(batch.size(), outcomes.size(), "outcomes");
        for (int i = 0; i < batch.size(); i++) {
            DeliveryOutcome outcome = outcomes.get(i);
            boolean there = lookUp(sink, batch.get(i)) instanceof Lookup.Found;
            assertFalse(
                    outcome instanceof DeliveryOutcome.Delivered && !there, "delivery " + i + " is told and not there");
            assertFalse(
                    outcome instanceof DeliveryOutcome.NotWritten && there, "delivery " + i + " is there and not told");
        }
    }

    /** Whether a message is delivered, and not refused for what its values are. */
    private boolean accepts(Delivery delivery) throws InterruptedException {
        Exception failure = failure(delivery);
        if (failure == null) {
            return true;
        }
        if (failure instanceof ArchiveException refusal) {
            assertEquals(ArchiveException.Remedy.HOLD, refusal.remedy(), "what is refused for its values, is for good");
            return false;
        }
        return fail(
                "values must not make the outcome unknown with "
                        + failure.getClass().getName(),
                failure);
    }

    /** So many ordinary messages for a mailbox. */
    private List<Delivery> deliveries(int first, int howMany, Mailbox owner) throws IOException {
        return messages.ordinary(first, first + howMany).stream()
                .map(message -> message.to(owner, folder))
                .toList();
    }

    private int deliveredAndFound(List<Delivery> deliveries) throws Exception {
        int found = 0;
        for (Delivery delivery : deliveries) {
            deliver(delivery);
            found += lookUp(sink, delivery) instanceof Lookup.Found ? 1 : 0;
        }
        return found;
    }
}
