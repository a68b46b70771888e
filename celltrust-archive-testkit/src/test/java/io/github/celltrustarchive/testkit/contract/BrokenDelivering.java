// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.spi.ClaimedDelivery;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.FencedException;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.MailboxClaim;
import io.github.celltrustarchive.spi.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Ledgers whose claims or deliveries are broken. */
final class BrokenDelivering {

    private BrokenDelivering() {}

    /** Remembers who claimed a mailbox last. */
    private static class Claimers extends ForwardingLedger {
        final Map<Long, Fence> holders = new HashMap<>();

        Claimers(Ledger ledger) {
            super(ledger);
        }

        @Override
        public List<MailboxClaim> claim(Fence fence, Instant now, Duration lease, int maxMailboxes, int maxPerMailbox) {
            List<MailboxClaim> claims = super.claim(fence, now, lease, maxMailboxes, maxPerMailbox);
            claims.forEach(claim -> holders.put(claim.mailboxNumber(), fence));
            return claims;
        }
    }

    /** Changes every delivery that is handed out. */
    private static UnaryOperator<Ledger> handingOut(UnaryOperator<ClaimedDelivery> change) {
        return ledger -> new ForwardingLedger(ledger) {
            @Override
            public List<MailboxClaim> claim(
                    Fence fence, Instant now, Duration lease, int maxMailboxes, int maxPerMailbox) {
                return super.claim(fence, now, lease, maxMailboxes, maxPerMailbox).stream()
                        .map(claim -> new MailboxClaim(
                                claim.mailboxNumber(),
                                claim.mailbox(),
                                claim.folder(),
                                claim.due().stream().map(change).toList()))
                        .toList();
            }
        };
    }

    @Breaks("ledger.15")
    static class ClaimsAllThatIsDue extends BrokenLedgerContract {
        ClaimsAllThatIsDue() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public List<MailboxClaim> claim(
                        Fence fence, Instant now, Duration lease, int maxMailboxes, int maxPerMailbox) {
                    return super.claim(fence, now, lease, maxMailboxes, Integer.MAX_VALUE);
                }
            });
        }
    }

    @Breaks("ledger.16")
    static class ServesTheLastFirst extends BrokenLedgerContract {
        ServesTheLastFirst() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public List<MailboxClaim> claim(
                        Fence fence, Instant now, Duration lease, int maxMailboxes, int maxPerMailbox) {
                    List<MailboxClaim> all = super.claim(fence, now, lease, Integer.MAX_VALUE, maxPerMailbox);
                    int tooMany = Math.max(0, all.size() - maxMailboxes);
                    all.subList(0, tooMany).forEach(claim -> release(fence, claim.mailboxNumber()));
                    return all.subList(tooMany, all.size());
                }
            });
        }
    }

    @Breaks("ledger.17")
    static class ForgetsToRenewTheLease extends BrokenLedgerContract {
        ForgetsToRenewTheLease() {
            super(ledger -> new Claimers(ledger) {
                private final Map<Long, Instant> ends = new HashMap<>();

                @Override
                public List<MailboxClaim> claim(
                        Fence fence, Instant now, Duration lease, int maxMailboxes, int maxPerMailbox) {
                    ends.forEach((mailbox, end) -> {
                        if (!end.isAfter(now) && holders.containsKey(mailbox)) {
                            release(holders.get(mailbox), mailbox);
                        }
                    });
                    List<MailboxClaim> claims = super.claim(fence, now, lease, maxMailboxes, maxPerMailbox);
                    claims.forEach(claim -> ends.put(claim.mailboxNumber(), now.plus(lease)));
                    return claims;
                }
            });
        }
    }

    @Breaks("ledger.18")
    static class GivesBackForAnybody extends BrokenLedgerContract {
        GivesBackForAnybody() {
            super(ledger -> new Claimers(ledger) {
                @Override
                public void release(Fence fence, long mailboxNumber) {
                    super.release(holders.getOrDefault(mailboxNumber, fence), mailboxNumber);
                }
            });
        }
    }

    @Breaks("ledger.19")
    static class LetsTheOldHolderGoOn extends BrokenLedgerContract {
        LetsTheOldHolderGoOn() {
            super(ledger -> new Claimers(ledger) {
                @Override
                public void commit(Fence fence, List<Transition> transitions) {
                    try {
                        super.commit(fence, transitions);
                    } catch (FencedException e) {
                        if (transitions.get(0) instanceof Transition.MailboxPostponed late) {
                            super.commit(holders.getOrDefault(late.mailbox(), fence), transitions);
                        } else {
                            throw e;
                        }
                    }
                }
            });
        }
    }

    @Breaks("ledger.20")
    static class TriesAgainWhatAGoneWorkerHadBegun extends BrokenLedgerContract {
        TriesAgainWhatAGoneWorkerHadBegun() {
            super(ledger -> new Claimers(ledger) {
                @Override
                public List<MailboxClaim> claim(
                        Fence fence, Instant now, Duration lease, int maxMailboxes, int maxPerMailbox) {
                    Map<Long, Fence> before = new HashMap<>(holders);
                    return super.claim(fence, now, lease, maxMailboxes, maxPerMailbox).stream()
                            .map(claim -> fence.equals(before.getOrDefault(claim.mailboxNumber(), fence))
                                    ? claim
                                    : certain(claim))
                            .toList();
                }

                private MailboxClaim certain(MailboxClaim claim) {
                    return new MailboxClaim(
                            claim.mailboxNumber(),
                            claim.mailbox(),
                            claim.folder(),
                            claim.due().stream()
                                    .map(due -> new ClaimedDelivery(
                                            due.item(), due.staged(), due.attempts(), 0, false, null, null))
                                    .toList());
                }
            });
        }
    }

    @Breaks("ledger.21")
    static class TakesOutcomesOfWhatWasNotBegun extends BrokenLedgerContract {
        TakesOutcomesOfWhatWasNotBegun() {
            super(ledger -> new ForwardingLedger(ledger) {
                private final Set<Long> begun = new HashSet<>();

                @Override
                public void commit(Fence fence, List<Transition> transitions) {
                    super.commit(fence, preceded(transitions, this::beginning));
                }

                private Optional<Transition> beginning(Transition transition) {
                    if (transition instanceof Transition.DeliveryIntended intended) {
                        begun.add(intended.item());
                    }
                    return transition instanceof Transition.DeliveryConcluded concluded && begun.add(concluded.item())
                            ? Optional.of(new Transition.DeliveryIntended(concluded.item(), concluded.mailbox(), 1))
                            : Optional.empty();
                }
            });
        }
    }

    @Breaks("ledger.22")
    static class ForgetsWhatIsHalfWritten extends BrokenLedgerContract {
        ForgetsWhatIsHalfWritten() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public void commit(Fence fence, List<Transition> transitions) {
                    super.commit(
                            fence,
                            each(
                                    transitions,
                                    transition -> transition instanceof Transition.DeliveryPostponed late
                                            ? LedgerValues.postponed(
                                                    late.item(), late.mailbox(), late.notBefore(), null)
                                            : transition));
                }
            });
        }
    }

    @Breaks("ledger.22")
    static class TriesAgainTooSoon extends BrokenLedgerContract {
        TriesAgainTooSoon() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public void commit(Fence fence, List<Transition> transitions) {
                    super.commit(
                            fence,
                            each(
                                    transitions,
                                    transition -> transition instanceof Transition.DeliveryPostponed late
                                            ? new Transition.DeliveryPostponed(
                                                    late.item(),
                                                    late.mailbox(),
                                                    late.notBefore()
                                                            .minusSeconds(late.incompleteReference() == null ? 0 : 1),
                                                    late.reason(),
                                                    late.incompleteReference())
                                            : transition));
                }
            });
        }
    }

    @Breaks("ledger.23")
    static class ForgetsWhenItLooked extends BrokenLedgerContract {
        ForgetsWhenItLooked() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public void commit(Fence fence, List<Transition> transitions) {
                    super.commit(
                            fence,
                            each(
                                    transitions,
                                    transition -> transition instanceof Transition.DeliveryUnknown looked
                                            ? LedgerValues.unknown(
                                                    looked.item(), looked.mailbox(), null, looked.notBefore())
                                            : transition));
                }
            });
        }
    }

    @Breaks("ledger.24")
    static class CountsAttemptsOnAfterARelease extends BrokenLedgerContract {
        CountsAttemptsOnAfterARelease() {
            super(handingOut(due -> new ClaimedDelivery(
                    due.item(),
                    due.staged(),
                    due.attempts(),
                    0,
                    due.unknown(),
                    due.lookedAt(),
                    due.incompleteReference())));
        }
    }

    @Breaks("ledger.25")
    static class KnocksAtThrottledMailboxes extends BrokenLedgerContract {
        KnocksAtThrottledMailboxes() {
            super(ledger -> new ForwardingLedger(ledger) {
                private final Set<Long> throttled = new HashSet<>();

                @Override
                public void commit(Fence fence, List<Transition> transitions) {
                    super.commit(fence, transitions);
                    for (Transition transition : transitions) {
                        if (transition instanceof Transition.MailboxPostponed late) {
                            throttled.add(late.mailbox());
                        }
                    }
                }

                @Override
                public List<MailboxClaim> claim(
                        Fence fence, Instant now, Duration lease, int maxMailboxes, int maxPerMailbox) {
                    int early = throttled.isEmpty() ? 0 : 1;
                    return super.claim(
                            fence, now.plusSeconds(early), lease.minusSeconds(early), maxMailboxes, maxPerMailbox);
                }
            });
        }
    }

    @Breaks("ledger.26")
    static class HasAlwaysSomethingDue extends BrokenLedgerContract {
        HasAlwaysSomethingDue() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public Optional<Instant> nextDue(String connector) {
                    return super.nextDue(connector).map(due -> Instant.EPOCH);
                }
            });
        }
    }
}
