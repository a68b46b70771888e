// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.internal.MailboxDelivery.Attempt;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ClaimedDelivery;
import io.github.celltrustarchive.spi.MailboxSink;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what became of a delivery whose outcome nobody knows: look for it, wait the sink's settle time, look again, and
 * only then deliver again.
 */
final class UnknownOutcome {

    private final RunContext run;
    private final MailboxSink sink;
    private final OutcomeRules rules;

    UnknownOutcome(RunContext run, MailboxSink sink, OutcomeRules rules) {
        this.run = run;
        this.sink = sink;
        this.rules = rules;
    }

    /** The attempt to make now, or empty if none is to be made now. */
    Optional<Attempt> resolve(Attempt attempt) throws InterruptedException {
        ClaimedDelivery claimed = attempt.claimed();
        Lookup lookup;
        try {
            lookup = sink.find(attempt.delivery());
        } catch (IOException e) {
            rules.lookAgainLater(
                    attempt, ArchiveException.retry("the mailbox can't be searched now: " + Faults.typeOf(e), e));
            return Optional.empty();
        } catch (ArchiveException e) {
            rules.lookAgainLater(attempt, e);
            return Optional.empty();
        } catch (RuntimeException e) {
            rules.hold(claimed, Faults.heldReason("the sink's search", e));
            return Optional.empty();
        }
        if (lookup instanceof Lookup.Absent) {
            return absent(attempt);
        }
        if (lookup instanceof Lookup.Incomplete incomplete) {
            return Optional.of(new Attempt(claimed, withReference(attempt.delivery(), incomplete.reference())));
        }
        rules.found(attempt, lookup);
        return Optional.empty();
    }

    private Optional<Attempt> absent(Attempt attempt) {
        Duration settle = sink.traits().settleTime();
        if (attempt.claimed().lookedAt() != null || settle.isZero()) {
            return Optional.of(new Attempt(attempt.claimed(), withReference(attempt.delivery(), null)));
        }
        rules.settle(attempt, run.now().plus(settle));
        return Optional.empty();
    }

    private static Delivery withReference(Delivery delivery, @Nullable String reference) {
        return new Delivery(
                delivery.key(),
                delivery.mailbox(),
                delivery.folder(),
                delivery.envelope(),
                delivery.eml(),
                delivery.attempt(),
                reference);
    }
}
