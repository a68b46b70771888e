// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.DeliveryKey;
import io.github.celltrustarchive.model.StagedMessage;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ClaimedDelivery;
import io.github.celltrustarchive.spi.DeliveryOutcome;
import io.github.celltrustarchive.spi.MailboxClaim;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.SinkTraits;
import io.github.celltrustarchive.spi.Transition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's unit of work: delivers what is due in one mailbox. Intent is committed before the sink is called, the outcome
 * after; what a dead worker began is looked for first.
 */
final class MailboxDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(MailboxDelivery.class);

    private final RunContext run;
    private final MailboxClaim claim;
    private final AtomicInteger openLanes;
    private final BooleanSupplier runFailed;
    private final MailboxSink sink;
    private final SinkTraits traits;
    private final OutcomeRules rules;

    private MailboxDelivery(RunContext run, MailboxClaim claim, AtomicInteger openLanes, BooleanSupplier runFailed) {
        this.run = run;
        this.claim = claim;
        this.openLanes = openLanes;
        this.runFailed = runFailed;
        this.sink = run.parts().requireSink();
        this.traits = sink.traits();
        this.rules = new OutcomeRules(run, claim);
    }

    /**
     * Splits a claim into as many deliverers as may work on one mailbox at once; the last to end gives the claim back.
     *
     * @param maxLanes at most this many
     */
    static List<MailboxDelivery> lanes(RunContext run, MailboxClaim claim, int maxLanes, BooleanSupplier runFailed) {
        SinkTraits traits = run.parts().requireSink().traits();
        int batches = (claim.due().size() + traits.batchSize() - 1) / traits.batchSize();
        int lanes = Math.max(1, Math.min(batches, Math.min(maxLanes, traits.inFlightPerMailbox())));
        AtomicInteger open = new AtomicInteger(lanes);
        List<MailboxDelivery> result = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            List<ClaimedDelivery> due = new ArrayList<>();
            for (int i = lane; i < claim.due().size(); i += lanes) {
                due.add(claim.due().get(i));
            }
            MailboxClaim part = new MailboxClaim(claim.mailboxNumber(), claim.mailbox(), claim.folder(), due);
            result.add(new MailboxDelivery(run, part, open, runFailed));
        }
        return result;
    }

    /** Delivers and gives the claim back. A failure that ends the run is thrown after what is known is committed. */
    void deliver() throws InterruptedException {
        try {
            List<ClaimedDelivery> due = claim.due();
            for (int from = 0; from < due.size() && goOn(); from += traits.batchSize()) {
                deliverBatch(due.subList(from, Math.min(due.size(), from + traits.batchSize())));
            }
        } finally {
            if (openLanes.decrementAndGet() == 0) {
                release();
            }
        }
    }

    private void release() {
        try {
            run.parts().ledger().release(run.fence(), claim.mailboxNumber());
        } catch (ArchiveException e) {
            LOG.debug("a claim of {} wasn't given back: {}", run.connector(), e.getMessage());
        }
    }

    private boolean goOn() {
        return !run.stopping() && !runFailed.getAsBoolean() && !rules.mailboxPostponed();
    }

    private void deliverBatch(List<ClaimedDelivery> batch) throws InterruptedException {
        List<Attempt> attempts = new ArrayList<>();
        for (ClaimedDelivery claimed : batch) {
            prepare(claimed).ifPresent(attempts::add);
        }
        if (attempts.isEmpty()) {
            return;
        }
        run.commit(attempts.stream().map(this::intent).toList());
        rules.commit(attempts, attempt(attempts));
    }

    private Transition intent(Attempt attempt) {
        return new Transition.DeliveryIntended(
                attempt.claimed().item(),
                claim.mailboxNumber(),
                attempt.delivery().attempt());
    }

    /** The attempt to make, or empty if the delivery was decided or postponed without one. */
    private Optional<Attempt> prepare(ClaimedDelivery claimed) throws InterruptedException {
        StagedMessage staged = claimed.staged();
        if (staged.eml().length() > traits.maxMessageBytes()) {
            rules.hold(
                    claimed,
                    "item size exceeded: the message has " + staged.eml().length()
                            + " bytes, this mailbox system takes " + traits.maxMessageBytes());
            return Optional.empty();
        }
        Optional<Content> eml;
        try {
            eml = StagedEml.read(run.parts().stager(), staged.eml());
        } catch (IOException e) {
            rules.postponeUnwritten(
                    claimed, ArchiveException.retry("the stage can't be read now: " + Faults.typeOf(e), e));
            return Optional.empty();
        }
        if (eml.isEmpty()) {
            run.alarm("the stage holds other bytes than were recorded for item "
                    + staged.envelope().key() + " in " + staged.eml().object());
            rules.hold(claimed, "integrity: the stage holds other bytes than were recorded");
            return Optional.empty();
        }
        Attempt attempt = new Attempt(claimed, delivery(claimed, eml.get()));
        return claimed.unknown() ? new UnknownOutcome(run, sink, rules).resolve(attempt) : Optional.of(attempt);
    }

    private Delivery delivery(ClaimedDelivery claimed, Content eml) {
        StagedMessage staged = claimed.staged();
        String mailboxId = claim.mailbox().id();
        return new Delivery(
                DeliveryKey.of(staged.envelope().key(), mailboxId, claim.folder()),
                claim.mailbox(),
                claim.folder(),
                staged.envelope(),
                eml,
                claimed.attempts() + 1,
                claimed.incompleteReference());
    }

    private List<DeliveryOutcome> attempt(List<Attempt> attempts) throws InterruptedException {
        List<Delivery> deliveries = attempts.stream().map(Attempt::delivery).toList();
        List<DeliveryOutcome> outcomes;
        try {
            outcomes = sink.deliverAll(deliveries);
        } catch (InterruptedException e) {
            rules.commit(attempts, allUnknown(attempts, e));
            throw e;
        } catch (RuntimeException e) {
            outcomes = allUnknown(attempts, e);
        }
        if (outcomes.size() != attempts.size()) {
            run.alarm("the sink gave " + outcomes.size() + " outcomes for " + attempts.size()
                    + " deliveries; all are looked for again");
            outcomes = allUnknown(attempts, new IllegalStateException("wrong number of outcomes"));
        }
        return outcomes;
    }

    private static List<DeliveryOutcome> allUnknown(List<Attempt> attempts, Exception cause) {
        return attempts.stream().map(a -> DeliveryOutcome.unknown(cause)).toList();
    }

    /** A claimed delivery and what the sink gets of it. */
    record Attempt(ClaimedDelivery claimed, Delivery delivery) {}
}
