// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.MailboxSink;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of {@link MailboxSinkContract} about what is found. */
abstract class SinkFindRules extends SinkDeliverRules {

    private static final String MESSAGE_ID = "Message-ID: <minutes@contract.example>";

    SinkFindRules() {}

    @Test
    @Rule("sink.14")
    final void sink14_whatWasNeverDeliveredIsAbsent() throws Exception {
        Delivery delivery = messages.ordinary(1).to(mailbox, folder);
        assertAbsent(delivery, "a message for a mailbox without the folder");
        deliver(messages.ordinary(2).to(mailbox, folder));
        assertAbsent(delivery, "a message that wasn't delivered while another one was");
        assertAbsent(messages.twinOf(2).to(mailbox, folder), "a message that reads as the one that was delivered");
    }

    @Test
    @Rule("sink.15")
    final void sink15_findWritesNothing() throws Exception {
        sink.find(messages.ordinary(1).to(otherMailbox, folder));
        assertEquals(0, count(otherMailbox), "messages after a search in an empty mailbox");
        deliver(messages.ordinary(2).to(mailbox, folder));
        List<List<StoredFolder>> before = everything();
        sink.find(messages.ordinary(2).to(mailbox, folder));
        sink.find(messages.ordinary(3).to(mailbox, folder));
        sink.find(messages.ordinary(3).to(mailbox, folder + "/Nowhere"));
        sink.find(messages.ordinary(3).to(otherMailbox, folder));
        assertEquals(before, everything(), "folders and messages after searches");
    }

    @Test
    @Rule("sink.16")
    final void sink16_whatWasDeliveredIsFoundWithItsStatus() throws Exception {
        Delivery whole = messages.ordinary(1).to(mailbox, folder);
        Delivery partial = messages.partial(2).to(mailbox, folder);
        deliver(whole);
        deliver(partial);
        assertEquals(Receipt.Status.IMPORTED, found(sink, whole).status(), "of a whole message");
        assertEquals(
                Receipt.Status.PARTIALLY_IMPORTED,
                found(sink, partial).status(),
                "of a message whose attachment was left out");
    }

    @Test
    @Rule("sink.17")
    final void sink17_findLooksIntoTheMailboxOfTheDelivery() throws Exception {
        SinkMessage message = messages.ordinary(1);
        deliver(message.to(otherMailbox, folder));
        assertAbsent(message.to(mailbox, folder), "a message that another mailbox has");
    }

    @Test
    @Rule("sink.18")
    final void sink18_aMessageWithoutMessageIdIsFound() throws Exception {
        Delivery delivery = messages.passedThrough(1).to(mailbox, folder);
        assertAbsent(delivery, "a message without Message-ID that wasn't delivered");
        deliver(delivery);
        found(sink, delivery);
    }

    @Test
    @Rule("sink.19")
    final void sink19_twoMessagesWithOneMessageIdAreToldApart() throws Exception {
        Delivery first = messages.passedThrough(1, MESSAGE_ID).to(mailbox, folder);
        Delivery second = messages.passedThrough(2, MESSAGE_ID).to(mailbox, folder);
        deliver(first);
        assertAbsent(second, "a message whose Message-ID another one has");
        deliver(second);
        found(sink, first);
        found(sink, second);
    }

    @Test
    @Rule("sink.20")
    final void sink20_aLaterSinkFindsWhatAnEarlierOneDelivered() throws Exception {
        Delivery delivery = messages.ordinary(1).to(mailbox, folder);
        deliver(delivery);
        sink.close();
        found(another(), delivery);
    }

    @Test
    @Rule("sink.21")
    final void sink21_theReferenceStaysTheSame() throws Exception {
        Delivery delivery = messages.ordinary(1).to(mailbox, folder);
        deliver(delivery);
        String reference = found(sink, delivery).reference();
        assertEquals(reference, found(sink, delivery).reference(), "reference of a message that is found again");
        sink.close();
        MailboxSink later = another();
        if (lookUp(later, delivery) instanceof Lookup.Found found) { // whether it is found is another rule
            assertEquals(reference, found.receipt().reference(), "reference that a later sink gives");
        }
    }

    @Test
    @Rule("sink.22")
    final void sink22_aMessageThatItsOwnerMovedIsFound() throws Exception {
        Delivery delivery = messages.ordinary(1).to(mailbox, folder);
        deliver(delivery);
        deliver(messages.ordinary(2).to(mailbox, folder));
        Capability.require(
                moveByOwner(delivery, "Contract kept"), "sink.22", "moveByOwner() isn't overridden or can't be done");
        found(sink, delivery);
        assertEquals(2, count(mailbox), "messages in all folders of the mailbox");
    }

    @Test
    @Rule("sink.23")
    final void sink23_copiesAreToldAndKept() throws Exception {
        Delivery delivery = messages.ordinary(1).to(mailbox, folder);
        deliver(delivery);
        Capability.require(addCopy(delivery), "sink.23", "addCopy() isn't overridden or can't be done");
        Lookup.Several several = assertInstanceOf(Lookup.Several.class, lookUp(sink, delivery), "a message and a copy");
        assertEquals(2, several.references().size(), "references of a message and a copy");
        assertEquals(2, in(mailbox, folder).size(), "messages in the folder");
    }
}
