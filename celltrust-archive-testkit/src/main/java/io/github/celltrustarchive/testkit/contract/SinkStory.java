// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.MailboxSink;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every test of {@link MailboxSinkContract} starts from: a sink, two mailboxes and messages to deliver. */
abstract class SinkStory extends SinkHooks {

    private final Deque<MailboxSink> sinks = new ArrayDeque<>();

    SinkMessages messages;
    MailboxSink sink;
    String folder;
    Mailbox mailbox;
    Mailbox otherMailbox;

    @SuppressWarnings("NullAway.Init") // opened before each test
    SinkStory() {}

    @BeforeEach
    final void openSink() throws Exception {
        List<Mailbox> mailboxes = mailboxes();
        assertTrue(mailboxes.size() >= 2, "mailboxes() names at least two");
        mailbox = mailboxes.get(0);
        otherMailbox = mailboxes.get(1);
        folder = profile().folder();
        messages = new SinkMessages(profile());
        sink = another();
    }

    /** What a second close throws is a rule's business, not that of the test that happens to clean up. */
    @AfterEach
    final void closeSinks() {
        for (MailboxSink open : sinks) {
            try {
                open.close();
            } catch (Exception e) {
                // the rule about closing reports it
            }
        }
    }

    /** One more sink on the same mailboxes. */
    final MailboxSink another() throws Exception {
        MailboxSink opened = open();
        assertNotNull(opened, "open() opens a sink");
        sinks.push(opened);
        return opened;
    }

    final Receipt deliver(Delivery delivery) throws IOException, InterruptedException {
        Receipt receipt = sink.deliver(delivery);
        assertNotNull(receipt, "a receipt is never null");
        return receipt;
    }

    /** What a delivery throws; null if it gives a receipt. */
    final @Nullable Exception failure(Delivery delivery) throws InterruptedException {
        try {
            deliver(delivery);
            return null;
        } catch (IOException | RuntimeException e) {
            return e;
        }
    }

    /** What is found: as the pipeline looks, a second time after the settle time where nothing is there at first. */
    final Lookup lookUp(MailboxSink where, Delivery delivery) throws Exception {
        Lookup lookup = where.find(delivery);
        if (lookup instanceof Lookup.Absent) {
            letTimePass(where.traits().settleTime());
            lookup = where.find(delivery);
        }
        assertNotNull(lookup, "what find says is never null");
        return lookup;
    }

    final Receipt found(MailboxSink where, Delivery delivery) throws Exception {
        return assertInstanceOf(Lookup.Found.class, lookUp(where, delivery), "a message that was delivered")
                .receipt();
    }

    final void assertAbsent(Delivery delivery, String what) throws Exception {
        assertInstanceOf(Lookup.Absent.class, lookUp(sink, delivery), what);
    }

    /** What a folder of a mailbox holds; nothing if there is no such folder. */
    final List<StoredMessage> in(Mailbox owner, String path) throws Exception {
        return stored(owner).stream()
                .filter(there -> there.path().equals(path))
                .flatMap(there -> there.messages().stream())
                .toList();
    }

    /** How many messages all folders of a mailbox hold. */
    final int count(Mailbox owner) throws Exception {
        return stored(owner).stream().mapToInt(there -> there.messages().size()).sum();
    }

    /** The folders of all mailboxes, in an order that doesn't depend on how the store lists them. */
    final List<List<StoredFolder>> everything() throws Exception {
        List<List<StoredFolder>> all = new ArrayList<>();
        for (Mailbox owner : mailboxes()) {
            all.add(stored(owner).stream()
                    .map(SinkStory::sorted)
                    .sorted(Comparator.comparing(StoredFolder::path))
                    .toList());
        }
        return all;
    }

    private static StoredFolder sorted(StoredFolder there) {
        Comparator<StoredMessage> order =
                Comparator.comparing(message -> message.emlSha256() + message.subject() + message.text());
        return new StoredFolder(
                there.path(), there.messages().stream().sorted(order).toList());
    }

    /** Fails unless a folder holds this message, whole, and nothing else. */
    final void assertHoldsOnly(Mailbox owner, String path, SinkMessage message) throws Exception {
        List<StoredMessage> there = in(owner, path);
        assertEquals(1, there.size(), "messages in the folder");
        message.assertIs(there.get(0), keepsBytes());
    }
}
