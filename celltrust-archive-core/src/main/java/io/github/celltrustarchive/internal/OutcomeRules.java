// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.internal.MailboxDelivery.Attempt;
import io.github.celltrustarchive.model.DeliveryKey;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ArchiveListener;
import io.github.celltrustarchive.spi.ClaimedDelivery;
import io.github.celltrustarchive.spi.DeliveryOutcome;
import io.github.celltrustarchive.spi.IncompleteDeliveryException;
import io.github.celltrustarchive.spi.MailboxClaim;
import io.github.celltrustarchive.spi.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What each outcome of a delivery means for the ledger: the one place for that. For one claim, used by one thread. */
final class OutcomeRules {

    private final RunContext run;
    private final MailboxClaim claim;
    private final long mailbox;
    private @Nullable Instant mailboxNotBefore;

    OutcomeRules(RunContext run, MailboxClaim claim) {
        this.run = run;
        this.claim = claim;
        this.mailbox = claim.mailboxNumber();
    }

    /** Whether the mailbox asked to be left alone for a while. */
    boolean mailboxPostponed() {
        return mailboxNotBefore != null;
    }

    /** Commits the outcomes of a batch; then throws the first that ends the run. */
    void commit(List<Attempt> attempts, List<DeliveryOutcome> outcomes) {
        List<Transition> transitions = new ArrayList<>();
        ArchiveException stop = null;
        for (int i = 0; i < attempts.size(); i++) {
            ArchiveException failure = apply(attempts.get(i), outcomes.get(i), transitions);
            stop = stop == null ? failure : stop;
        }
        addMailboxPostponed(transitions);
        run.commit(transitions);
        for (int i = 0; i < attempts.size(); i++) {
            tell(attempts.get(i).claimed(), transitions.get(i));
        }
        if (stop != null) {
            throw stop;
        }
    }

    /** What a mailbox asks for (Retry-After) goes for all its deliveries. */
    private void postponeMailbox(Instant notBefore) {
        if (mailboxNotBefore == null || notBefore.isAfter(mailboxNotBefore)) {
            mailboxNotBefore = notBefore;
        }
    }

    private void addMailboxPostponed(List<Transition> transitions) {
        if (mailboxNotBefore != null) {
            transitions.add(new Transition.MailboxPostponed(mailbox, mailboxNotBefore, "the mailbox asked for it"));
        }
    }

    /** Adds exactly one transition, and returns the failure if it ends the run. */
    private @Nullable ArchiveException apply(Attempt attempt, DeliveryOutcome outcome, List<Transition> to) {
        if (outcome instanceof DeliveryOutcome.Delivered delivered) {
            to.add(concluded(attempt, delivered.receipt()));
            return null;
        }
        if (outcome instanceof DeliveryOutcome.NotWritten notWritten) {
            to.add(failed(attempt, notWritten.cause(), attempt.delivery().incompleteReference()));
            return ifStop(notWritten.cause());
        }
        if (outcome instanceof DeliveryOutcome.Incomplete incomplete) {
            ArchiveException failure = failure(incomplete.cause());
            to.add(failed(attempt, failure, incomplete.cause().reference()));
            return ifStop(failure);
        }
        to.add(unknown(attempt, ((DeliveryOutcome.Unknown) outcome).cause()));
        return null;
    }

    private static ArchiveException failure(IncompleteDeliveryException cause) {
        String text = String.valueOf(cause.getMessage());
        return cause.remedy() == ArchiveException.Remedy.RETRY
                        && cause.notBefore().isPresent()
                ? ArchiveException.retryNotBefore(cause.notBefore().get(), text, cause)
                : new ArchiveException(cause.remedy(), text, cause);
    }

    private static @Nullable ArchiveException ifStop(ArchiveException failure) {
        return failure.remedy() == ArchiveException.Remedy.STOP ? failure : null;
    }

    private Transition concluded(Attempt attempt, Receipt receipt) {
        boolean ours = attempt.claimed().attempts() > 0 && receipt.status() == Receipt.Status.DUPLICATE;
        // a sink may not know that attachments were left out, or that it was our own attempt that it found again
        boolean written = ours || receipt.status() != Receipt.Status.DUPLICATE;
        Receipt counted = written ? Receipt.imported(attempt.delivery().envelope(), receipt.reference()) : receipt;
        return new Transition.DeliveryConcluded(attempt.claimed().item(), mailbox, counted);
    }

    private Transition failed(Attempt attempt, ArchiveException failure, @Nullable String reference) {
        long item = attempt.claimed().item();
        String reason = String.valueOf(failure.getMessage());
        if (failure.remedy() == ArchiveException.Remedy.STOP) {
            return new Transition.DeliveryPostponed(item, mailbox, run.now(), reason, reference);
        }
        if (failure.remedy() == ArchiveException.Remedy.RETRY) {
            Optional<Instant> again = run.retryAt(tries(attempt), failure);
            if (again.isPresent()) {
                failure.notBefore().ifPresent(this::postponeMailbox);
                return new Transition.DeliveryPostponed(item, mailbox, again.get(), reason, reference);
            }
            reason = "given up after " + tries(attempt) + " attempts: " + reason;
        }
        return new Transition.DeliveryHeld(item, mailbox, reason, reference);
    }

    /** The attempts since the delivery was planned or released, the present one included. */
    private static int tries(Attempt attempt) {
        return attempt.delivery().attempt() - attempt.claimed().attemptsBefore();
    }

    private Transition unknown(Attempt attempt, Throwable cause) {
        long item = attempt.claimed().item();
        int number = tries(attempt);
        String reason = "unknown outcome: " + Faults.typeOf(cause);
        if (number == 1) {
            return new Transition.DeliveryUnknown(item, mailbox, null, run.now(), reason);
        }
        Optional<Instant> again = run.retryAt(number - 1);
        return again.isPresent()
                ? new Transition.DeliveryUnknown(item, mailbox, null, again.get(), reason)
                : new Transition.DeliveryHeld(
                        item,
                        mailbox,
                        "given up after " + number + " attempts: " + reason,
                        attempt.delivery().incompleteReference());
    }

    /** The message was found again. */
    void found(Attempt attempt, Lookup lookup) {
        Receipt receipt;
        if (lookup instanceof Lookup.Several several) {
            run.alarm("item " + attempt.delivery().envelope().key() + " is "
                    + several.references().size() + " times in a mailbox; nothing was deleted: "
                    + several.references());
            receipt = Receipt.imported(
                    attempt.delivery().envelope(), several.references().get(0));
        } else {
            receipt = ((Lookup.Found) lookup).receipt();
        }
        conclude(attempt.claimed(), concluded(attempt, receipt));
    }

    /** The message wasn't found; it is looked for again when its settle time is over. */
    void settle(Attempt attempt, Instant until) {
        conclude(
                attempt.claimed(),
                new Transition.DeliveryUnknown(
                        attempt.claimed().item(), mailbox, run.now(), until, "not there yet; its settle time runs"));
    }

    /** The mailbox couldn't be searched. */
    void lookAgainLater(Attempt attempt, ArchiveException failure) {
        ClaimedDelivery claimed = attempt.claimed();
        String reason = String.valueOf(failure.getMessage());
        Instant again = failure.remedy() == ArchiveException.Remedy.RETRY
                ? run.retryAt(claimed.attempts() - claimed.attemptsBefore(), failure)
                        .orElse(null)
                : null;
        if (failure.remedy() == ArchiveException.Remedy.STOP) {
            again = run.now();
        }
        failure.notBefore().ifPresent(this::postponeMailbox);
        conclude(
                attempt.claimed(),
                again != null
                        ? new Transition.DeliveryUnknown(claimed.item(), mailbox, claimed.lookedAt(), again, reason)
                        : new Transition.DeliveryHeld(claimed.item(), mailbox, reason, claimed.incompleteReference()));
        if (failure.remedy() == ArchiveException.Remedy.STOP) {
            throw failure;
        }
    }

    /** Nothing was written, and the failure says what to do. */
    void postponeUnwritten(ClaimedDelivery claimed, ArchiveException failure) {
        Instant again = run.retryAt(claimed.attempts() - claimed.attemptsBefore() + 1, failure)
                .orElse(run.now());
        String reason = String.valueOf(failure.getMessage());
        conclude(
                claimed,
                claimed.unknown()
                        ? new Transition.DeliveryUnknown(claimed.item(), mailbox, claimed.lookedAt(), again, reason)
                        : new Transition.DeliveryPostponed(
                                claimed.item(), mailbox, again, reason, claimed.incompleteReference()));
    }

    /** Sets a delivery aside. */
    void hold(ClaimedDelivery claimed, String reason) {
        conclude(claimed, new Transition.DeliveryHeld(claimed.item(), mailbox, reason, claimed.incompleteReference()));
    }

    private void conclude(ClaimedDelivery claimed, Transition transition) {
        List<Transition> transitions = new ArrayList<>(List.of(transition));
        addMailboxPostponed(transitions);
        run.commit(transitions);
        tell(claimed, transition);
    }

    private void tell(ClaimedDelivery claimed, Transition transition) {
        long epoch = run.fence().epoch();
        ItemKey item = claimed.staged().envelope().key();
        DeliveryKey key = DeliveryKey.of(item, claim.mailbox().id(), claim.folder());
        Consumer<ArchiveListener> event = null;
        if (transition instanceof Transition.DeliveryConcluded t) {
            event = l -> l.onDelivered(new ArchiveListener.Delivered(epoch, key, item, t.receipt()));
        } else if (transition instanceof Transition.DeliveryPostponed t) {
            event = l -> l.onDeliveryPostponed(
                    new ArchiveListener.DeliveryPostponed(epoch, key, item, t.notBefore(), t.reason()));
        } else if (transition instanceof Transition.DeliveryUnknown t) {
            event = l -> l.onDeliveryPostponed(
                    new ArchiveListener.DeliveryPostponed(epoch, key, item, t.notBefore(), t.reason()));
        } else if (transition instanceof Transition.DeliveryHeld t) {
            event = l -> l.onDeliveryHeld(new ArchiveListener.DeliveryHeld(epoch, key, item, t.reason()));
        }
        if (event != null) {
            run.tell(event);
        }
    }
}
