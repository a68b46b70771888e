// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.DeliveryOutcome;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.SinkTraits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * The rules of {@link MailboxSink}, {@code sink.1} to {@code sink.43} of {@code docs/rules.md}.
 *
 * <p>A subclass prepares a mail store with empty mailboxes for each test, opens sinks on it, and reads it without them:
 *
 * <pre>{@code
 * class MySinkContractTest extends MailboxSinkContract {
 *
 *     private final MyStore store = new MyStore();
 *
 *     protected MailboxSink open() {
 *         return new MySink(store);
 *     }
 *
 *     protected List<StoredFolder> stored(Mailbox mailbox) throws IOException {
 *         List<StoredMessage> messages = new ArrayList<>();
 *         for (byte[] eml : store.read(mailbox.id(), "Inbox/CellTrust")) {
 *             messages.add(StoredMessage.ofEml(Content.of(eml)));
 *         }
 *         return List.of(new StoredFolder("Inbox/CellTrust", messages)); // and all other folders
 *     }
 *
 *     protected boolean makeUnreachable() { // may be left out, as may all that follows
 *         store.stop();
 *         return true;
 *     }
 * }
 * }</pre>
 *
 * <p>What the store can do besides is said by {@link #mailboxes()}, {@link #profile()}, {@link #keepsBytes()},
 * {@link #letTimePass} and {@link #largeBytes()}; what the test can do to it by {@link #moveByOwner}, {@link #addCopy},
 * {@link #refuseWrites()}, {@link #loseAnswer()}, {@link #breakHalfWay()} (with {@link #halfWayBytes()}),
 * {@link #makeUnreachable()} and {@link #missingMailbox()}. A rule that needs one that isn't overridden is skipped with its
 * number and the hook's name. No test sleeps.
 */
@Timeout(120)
public abstract class MailboxSinkContract extends SinkFailureRules {

    private static final int WORKERS = 4;
    private static final String UNUSUAL = "Ann's 2026.11 & R\u00fcckfragen \u6f22\u5b57 100%";

    /** For subclasses. */
    protected MailboxSinkContract() {}

    @Test
    @Rule("sink.34")
    final void sink34_traitsAreConstant() throws Exception {
        SinkTraits traits = sink.traits();
        Delivery delivery = messages.ordinary(1).to(mailbox, folder);
        deliver(delivery);
        sink.find(delivery);
        letTimePass(traits.settleTime());
        assertEquals(traits, sink.traits(), "traits after some work");
    }

    @Test
    @Rule("sink.35")
    final void sink35_preflightLeavesNothingInAnyMailbox() throws Exception {
        List<List<StoredFolder>> empty = everything();
        sink.preflight();
        assertEquals(empty, everything(), "folders and messages after a look at empty mailboxes");
        deliver(messages.ordinary(1).to(mailbox, folder));
        List<List<StoredFolder>> before = everything();
        sink.preflight();
        assertEquals(before, everything(), "folders and messages after a look at mailboxes");
    }

    @Test
    @Rule("sink.36")
    final void sink36_preflightOfAStoreThatWorksFindsNothingWrong() throws Exception {
        for (Check check : sink.preflight()) {
            assertNotEquals(Check.Status.FAIL, check.status(), () -> check.what() + ": " + check.remedy());
        }
    }

    @Test
    @Rule("sink.37")
    final void sink37_referencesShowNoPersonalData() throws Exception {
        SinkMessage message = messages.ordinary(1);
        Delivery delivery = message.to(mailbox, folder);
        List<String> shown = new ArrayList<>();
        shown.add(deliver(delivery).reference());
        if (lookUp(sink, delivery) instanceof Lookup.Found found) {
            shown.add(found.receipt().reference());
        }
        Delivery half = inTwoHalves(otherMailbox);
        if (breakHalfWay() && failure(half) != null && lookUp(sink, half) instanceof Lookup.Incomplete incomplete) {
            shown.add(incomplete.reference());
        }
        PersonalData.of(message.item(), mailbox).assertNotIn(shown, "a reference");
        PersonalData.of(message.item(), otherMailbox).assertNotIn(shown, "a reference");
    }

    @Test
    @Rule("sink.38")
    final void sink38_toStringAndExceptionsShowNoPersonalData() throws Exception {
        SinkMessage message = messages.ordinary(1);
        Delivery delivery = message.to(mailbox, folder);
        List<String> shown = new ArrayList<>();
        shown.add(sink.toString());
        addTo(shown, failure(SinkMessage.unreadable(delivery)));
        for (DeliveryOutcome outcome : sink.deliverAll(List.of(SinkMessage.unreadable(delivery)))) {
            addTo(shown, cause(outcome));
        }
        if (makeUnreachable()) {
            addTo(shown, failure(delivery));
            addTo(shown, failureOfFind(delivery));
        }
        PersonalData.of(message.item(), mailbox).assertNotIn(shown, "toString or an exception");
    }

    @Test
    @Rule("sink.39")
    final void sink39_aSecondCloseDoesNothing() throws Exception {
        deliver(messages.ordinary(1).to(mailbox, folder));
        sink.close();
        sink.close();
    }

    @Test
    @Rule("sink.40")
    @ResourceLock(Resources.TIME_ZONE)
    @ResourceLock(Resources.LOCALE)
    final void sink40_aMessageIsFoundFromEveryZoneAndLocale() throws Exception {
        Delivery here = messages.ordinary(1).to(mailbox, folder);
        deliver(here);
        List<Delivery> there = new ArrayList<>();
        Elsewhere.inOtherZonesAndLocales(() -> {
            Delivery delivery = messages.ordinary(2 + there.size()).to(mailbox, folder);
            there.add(delivery);
            deliver(delivery);
            return found(sink, here);
        });
        for (Delivery delivery : there) {
            assertInstanceOf(
                    Lookup.Found.class, lookUp(sink, delivery), "a message delivered in another zone and locale");
        }
    }

    @Test
    @Rule("sink.41")
    final void sink41_aFolderMayHaveAnyName() throws Exception {
        String path = folder.substring(0, folder.lastIndexOf('/') + 1) + UNUSUAL;
        Delivery delivery = messages.ordinary(1).to(mailbox, path);
        deliver(delivery);
        assertEquals(1, in(mailbox, path).size(), "messages in a folder with an unusual name");
        found(sink, delivery);
    }

    @Test
    @Rule("sink.42")
    final void sink42_preflightOfAStoreThatCannotBeReachedFindsThat() throws Exception {
        Capability.require(!sink.preflight().isEmpty(), "sink.42", "preflight() looks at nothing");
        Capability.require(makeUnreachable(), "sink.42", "makeUnreachable() isn't overridden or can't be done");
        try {
            List<Check> checks = sink.preflight();
            assertTrue(checks.stream().anyMatch(c -> c.status() == Check.Status.FAIL), "no check failed of " + checks);
        } catch (IOException | ArchiveException e) {
            assertTrue(true, "is reported as a failed check");
        }
    }

    @Test
    @Rule("sink.43")
    final void sink43_withoutASettleTimeAMessageIsThereOnceHoweverOftenItIsDelivered() throws Exception {
        Capability.require(
                sink.traits().settleTime().isZero(), "sink.43", "traits() say that writes take time to settle");
        Delivery delivery = messages.ordinary(1).to(mailbox, folder);
        List<Callable<Receipt>> workers = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            MailboxSink own = another();
            workers.add(() -> own.deliver(delivery));
        }
        Elsewhere.together(workers);
        deliver(SinkMessage.again(delivery));
        assertEquals(1, in(mailbox, folder).size(), "messages after several workers delivered one");
    }

    private @Nullable Exception failureOfFind(Delivery delivery) throws InterruptedException {
        try {
            assertNotNull(sink.find(delivery));
            return null;
        } catch (IOException | RuntimeException e) {
            return e;
        }
    }

    private static @Nullable Throwable cause(DeliveryOutcome outcome) {
        if (outcome instanceof DeliveryOutcome.NotWritten notWritten) {
            return notWritten.cause();
        }
        if (outcome instanceof DeliveryOutcome.Incomplete incomplete) {
            return incomplete.cause();
        }
        return outcome instanceof DeliveryOutcome.Unknown unknown ? unknown.cause() : null;
    }

    /** The messages of an exception, its causes and what it suppressed: all that a log prints. */
    private static void addTo(List<String> shown, @Nullable Throwable failure) {
        if (failure != null) {
            shown.add(failure.toString());
            addTo(shown, failure.getCause());
            for (Throwable suppressed : failure.getSuppressed()) {
                addTo(shown, suppressed);
            }
        }
    }
}
