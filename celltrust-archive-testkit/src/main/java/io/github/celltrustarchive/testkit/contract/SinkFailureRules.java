// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.IncompleteDeliveryException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The rules of {@link MailboxSinkContract} about what goes wrong. */
abstract class SinkFailureRules extends SinkFindRules {

    private static final String NO_HALVES = "breakHalfWay() isn't overridden or can't be done";

    SinkFailureRules() {}

    @Test
    @Rule("sink.24")
    final void sink24_aMessageThatCannotBeReadIsNeitherReceiptedNorFound() throws Exception {
        Delivery delivery = messages.ordinary(1).to(mailbox, folder);
        assertNotNull(
                failure(SinkMessage.unreadable(delivery)), "a message that can't be read to its end has no receipt");
        assertFalse(lookUp(sink, delivery) instanceof Lookup.Found, "a message that was read half is found");
    }

    @Test
    @Rule("sink.25")
    final void sink25_archiveExceptionMeansThatNothingIsThere() throws Exception {
        Delivery delivery = messages.ordinary(1).to(mailbox, folder);
        if (failure(SinkMessage.unreadable(delivery)) instanceof ArchiveException) {
            assertEquals(0, count(mailbox), "messages after an ArchiveException");
            assertAbsent(delivery, "a message after an ArchiveException");
        }
    }

    @Test
    @Rule("sink.26")
    final void sink26_aStoreThatRefusesIsNoReceiptAndLeavesNothing() throws Exception {
        deliver(messages.ordinary(1).to(mailbox, folder));
        Capability.require(refuseWrites(), "sink.26", "refuseWrites() isn't overridden or can't be done");
        Delivery refused = messages.ordinary(2).to(mailbox, folder);
        Exception failure = failure(refused);
        assertNotNull(failure, "a store that refuses is no receipt");
        if (failure instanceof ArchiveException) {
            assertEquals(1, count(mailbox), "messages after a refusal");
            assertAbsent(refused, "a message that was refused");
        }
    }

    @Test
    @Rule("sink.27")
    final void sink27_anOutcomeNobodyKnowsIsKnownAfterTheSettleTime() throws Exception {
        Delivery delivery = messages.ordinary(1).to(mailbox, folder);
        Capability.require(loseAnswer(), "sink.27", "loseAnswer() isn't overridden or can't be done");
        Exception failure = failure(delivery);
        Duration settleTime = sink.traits().settleTime();
        letTimePass(settleTime);
        Lookup settled = sink.find(delivery);
        letTimePass(settleTime);
        letTimePass(settleTime);
        assertEquals(settled, sink.find(delivery), "what is found after the settle time, and later");
        assertEquals(
                settled instanceof Lookup.Absent ? 0 : 1, in(mailbox, folder).size(), "messages in the folder");
        if (failure instanceof ArchiveException || failure == null) {
            boolean there = settled instanceof Lookup.Found;
            assertEquals(failure == null, there, "whether a message is there whose outcome was told");
        }
    }

    @Test
    @Rule("sink.28")
    final void sink28_aSinkThatKnowsOfAHalfWrittenMessageTellsWhereItIs() throws Exception {
        Capability.require(breakHalfWay(), "sink.28", NO_HALVES);
        IncompleteDeliveryException incomplete =
                assertInstanceOf(IncompleteDeliveryException.class, failure(inTwoHalves(mailbox)), "half a message");
        assertFalse(incomplete.reference().isBlank(), "a blank reference of half a message");
    }

    @Test
    @Rule("sink.29")
    final void sink29_aHalfWrittenMessageIsFoundIncomplete() throws Exception {
        Capability.require(breakHalfWay(), "sink.29", NO_HALVES);
        Delivery delivery = inTwoHalves(mailbox);
        assertNotNull(failure(delivery), "half a message has no receipt");
        assertInstanceOf(Lookup.Incomplete.class, lookUp(sink, delivery), "half a message");
    }

    @Test
    @Rule("sink.30")
    final void sink30_aHalfWrittenMessageIsResumedToOneWholeMessage() throws Exception {
        Capability.require(breakHalfWay(), "sink.30", NO_HALVES);
        SinkMessage message = inTwoSteps();
        Delivery delivery = message.to(mailbox, folder);
        String reference = referenceOfHalf(delivery, failure(delivery));
        sink.close();
        sink = another();
        letTimePass(sink.traits().settleTime()); // a retry comes later
        Receipt receipt = deliver(SinkMessage.again(delivery, reference));
        assertEquals(Receipt.Status.IMPORTED, receipt.status(), "of a message that was resumed");
        assertHoldsOnly(mailbox, folder, message);
        found(sink, delivery);
    }

    @Test
    @Rule("sink.31")
    final void sink31_whatCannotBeSearchedIsNotAbsent() throws Exception {
        Delivery delivery = messages.ordinary(1).to(mailbox, folder);
        deliver(delivery);
        Capability.require(makeUnreachable(), "sink.31", "makeUnreachable() isn't overridden or can't be done");
        try {
            fail("a store that can't be reached was found to be "
                    + sink.find(delivery).getClass().getSimpleName());
        } catch (IOException | ArchiveException e) {
            assertTrue(true, "either says what the pipeline is to do");
        }
    }

    @Test
    @Rule("sink.32")
    final void sink32_aMailboxThatIsMissingIsHeld() throws Exception {
        Optional<Mailbox> missing = missingMailbox();
        Capability.require(missing.isPresent(), "sink.32", "missingMailbox() names none");
        Delivery delivery = messages.ordinary(1).to(missing.orElseThrow(), folder);
        ArchiveException failure = assertThrows(ArchiveException.class, () -> sink.deliver(delivery));
        assertEquals(ArchiveException.Remedy.HOLD, failure.remedy(), "of a mailbox that doesn't exist");
    }

    @Test
    @Rule("sink.33")
    final void sink33_anInterruptIsNotSwallowed() throws Exception {
        Delivery delivery = messages.ordinary(1).to(mailbox, folder);
        assertInterruptKept("deliver", () -> sink.deliver(delivery));
        Delivery other = messages.ordinary(2).to(mailbox, folder);
        assertInterruptKept("deliverAll", () -> sink.deliverAll(List.of(other)));
        assertInterruptKept("find", () -> sink.find(delivery));
        if (lookUp(sink, delivery) instanceof Lookup.Absent) { // the sink can still be used
            deliver(delivery);
            found(sink, delivery);
        }
    }

    private static void assertInterruptKept(String call, Executable task) throws Exception {
        Thread.currentThread().interrupt();
        boolean kept;
        try {
            task.execute();
            kept = Thread.currentThread().isInterrupted();
        } catch (InterruptedException e) {
            kept = true;
        } catch (IOException | RuntimeException e) {
            kept = Thread.currentThread().isInterrupted();
        } catch (Throwable e) {
            throw new AssertionError(call + " failed", e);
        } finally {
            Thread.interrupted(); // the next test wants none of it
        }
        assertTrue(kept, call + " returned and the thread's interrupt was gone");
    }

    final Delivery inTwoHalves(Mailbox owner) throws IOException {
        return inTwoSteps().to(owner, folder);
    }

    private SinkMessage inTwoSteps() throws IOException {
        return messages.withAttachments(1, SinkMessages.bytes(3_000), SinkMessages.bytes(halfWayBytes()));
    }

    private String referenceOfHalf(Delivery delivery, @Nullable Exception failure) throws Exception {
        if (failure instanceof IncompleteDeliveryException incomplete) {
            return incomplete.reference();
        }
        return assertInstanceOf(Lookup.Incomplete.class, lookUp(sink, delivery), "half a message")
                .reference();
    }
}
