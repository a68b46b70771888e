// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.FencedException;
import io.github.celltrustarchive.spi.ItemIdentity;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.OpenItem;
import io.github.celltrustarchive.spi.Sighting;
import io.github.celltrustarchive.spi.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Ledgers whose runs, collecting or mapping is broken. */
final class BrokenCollecting {

    private BrokenCollecting() {}

    @Breaks("ledger.1")
    static class NumbersRunsOfAllConnectors extends BrokenLedgerContract {
        NumbersRunsOfAllConnectors() {
            super(ledger -> new ForwardingLedger(ledger) {
                private boolean first = true;

                @Override
                public Fence open(String connector, String worker, String operation) {
                    Fence fence = super.open(connector, worker, operation);
                    if (!first && fence.epoch() == 1) {
                        fence = super.open(connector, worker, operation);
                    }
                    first = false;
                    return fence;
                }
            });
        }
    }

    @Breaks("ledger.2")
    static class NamesNobody extends BrokenLedgerContract {
        NamesNobody() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public void lead(Fence fence, Duration lease) {
                    try {
                        super.lead(fence, lease);
                    } catch (FencedException e) {
                        throw new FencedException("somebody has it");
                    }
                }
            });
        }
    }

    /** Remembers who took the lease last. */
    private static class Leaders extends ForwardingLedger {
        @Nullable
        Fence leader;

        Leaders(Ledger ledger) {
            super(ledger);
        }

        @Override
        public void lead(Fence fence, Duration lease) {
            super.lead(fence, lease);
            if (fence.connector().equals(LedgerValues.CONNECTOR)) {
                leader = fence;
            }
        }
    }

    @Breaks("ledger.3")
    static class GivesBackForAnybody extends BrokenLedgerContract {
        GivesBackForAnybody() {
            super(ledger -> new Leaders(ledger) {
                @Override
                public void unlead(Fence fence) {
                    super.unlead(leader == null ? fence : leader);
                }
            });
        }
    }

    @Breaks("ledger.4")
    static class LetsTheOldCollectorGoOn extends BrokenLedgerContract {
        LetsTheOldCollectorGoOn() {
            super(ledger -> new Leaders(ledger) {
                @Override
                public void commit(Fence fence, List<Transition> transitions) {
                    try {
                        super.commit(fence, transitions);
                    } catch (FencedException e) {
                        boolean moves = transitions.get(0) instanceof Transition.CheckpointMoved;
                        if (!moves || leader == null || leader.equals(fence)) {
                            throw e;
                        }
                        super.commit(leader, transitions);
                    }
                }
            });
        }
    }

    @Breaks("ledger.4")
    static class TakesALeaseThatNobodyHas extends BrokenLedgerContract {
        TakesALeaseThatNobodyHas() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public void swept(Fence fence, long belowEpoch) {
                    super.lead(fence, LedgerStory.LEASE);
                    super.swept(fence, belowEpoch);
                }
            });
        }
    }

    @Breaks("ledger.5")
    static class KeepsThePackOfAFailedCommit extends BrokenLedgerContract {
        KeepsThePackOfAFailedCommit() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public void commit(Fence fence, List<Transition> transitions) {
                    try {
                        super.commit(fence, transitions);
                    } catch (IllegalStateException e) {
                        super.commit(
                                fence,
                                transitions.stream()
                                        .filter(Transition.PackStaged.class::isInstance)
                                        .toList());
                        throw e;
                    }
                }
            });
        }
    }

    @Breaks("ledger.6")
    static class MovesTheCheckpointFromAnywhere extends BrokenLedgerContract {
        MovesTheCheckpointFromAnywhere() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public void commit(Fence fence, List<Transition> transitions) {
                    super.commit(
                            fence,
                            each(
                                    transitions,
                                    transition -> transition instanceof Transition.CheckpointMoved moved
                                            ? new Transition.CheckpointMoved(
                                                    inner.checkpoint(fence.connector()),
                                                    moved.to(),
                                                    moved.records(),
                                                    moved.replayed())
                                            : transition));
                }
            });
        }
    }

    @Breaks("ledger.7")
    static class NumbersEveryRevisionOne extends BrokenLedgerContract {
        NumbersEveryRevisionOne() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public List<Sighting> sightings(String connector, List<ItemIdentity> items) {
                    return super.sightings(connector, items).stream()
                            .map(sighting -> new Sighting(sighting.known(), 1))
                            .toList();
                }
            });
        }
    }

    @Breaks("ledger.8")
    static class PassesOverWhatIsRecorded extends BrokenLedgerContract {
        PassesOverWhatIsRecorded() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public void commit(Fence fence, List<Transition> transitions) {
                    boolean release = transitions.stream().anyMatch(Transition.ItemReleased.class::isInstance);
                    super.commit(
                            fence,
                            transitions.stream()
                                    .filter(transition -> release || !known(fence, transition))
                                    .toList());
                }

                private boolean known(Fence fence, Transition transition) {
                    return transition instanceof Transition.ItemStaged staged
                            && inner.sightings(
                                            fence.connector(),
                                            List.of(new ItemIdentity(
                                                    staged.envelope().sourceId(),
                                                    staged.envelope().key())))
                                    .get(0)
                                    .known();
                }
            });
        }
    }

    /** Changes the envelopes that are staged. */
    private static UnaryOperator<Ledger> staging(UnaryOperator<Envelope> change) {
        return ledger -> new ForwardingLedger(ledger) {
            @Override
            public void commit(Fence fence, List<Transition> transitions) {
                super.commit(
                        fence,
                        BrokenLedgerContract.each(
                                transitions,
                                transition -> transition instanceof Transition.ItemStaged staged
                                        ? new Transition.ItemStaged(
                                                change.apply(staged.envelope()),
                                                staged.revision(),
                                                staged.raw(),
                                                staged.eml())
                                        : transition));
            }
        };
    }

    @Breaks("ledger.9")
    static class CutsTextsAtNul extends BrokenLedgerContract {
        CutsTextsAtNul() {
            super(staging(whole -> new Envelope(
                    whole.key(),
                    whole.sourceId(),
                    whole.messageId(),
                    whole.subject().replaceAll("(?s)\u0000.*", ""),
                    whole.kind(),
                    whole.direction(),
                    whole.conversationId(),
                    whole.sentAt(),
                    whole.receivedAt(),
                    whole.participants(),
                    whole.attachments())));
        }
    }

    @Breaks("ledger.10")
    static class StartsEveryPageAtTheFirst extends BrokenLedgerContract {
        StartsEveryPageAtTheFirst() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public List<OpenItem> openItems(
                        Fence fence, Instant now, @Nullable Instant unmappedSince, long afterItem, int max) {
                    return super.openItems(fence, now, unmappedSince, 0, max);
                }
            });
        }
    }

    @Breaks("ledger.11")
    static class AsksTheDirectoryTooSoon extends BrokenLedgerContract {
        AsksTheDirectoryTooSoon() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public List<OpenItem> openItems(
                        Fence fence, Instant now, @Nullable Instant unmappedSince, long afterItem, int max) {
                    return super.openItems(fence, now.plusSeconds(1), unmappedSince, afterItem, max);
                }
            });
        }
    }

    @Breaks("ledger.12")
    static class LeavesOutTheFirstMomentOfTheWindow extends BrokenLedgerContract {
        LeavesOutTheFirstMomentOfTheWindow() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public List<OpenItem> openItems(
                        Fence fence, Instant now, @Nullable Instant unmappedSince, long afterItem, int max) {
                    Instant since = unmappedSince == null ? null : unmappedSince.plusMillis(1);
                    return super.openItems(fence, now, since, afterItem, max);
                }
            });
        }
    }

    @Breaks("ledger.13")
    static class MapsWhatIsDecided extends BrokenLedgerContract {
        MapsWhatIsDecided() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public void commit(Fence fence, List<Transition> transitions) {
                    super.commit(
                            fence,
                            preceded(
                                    transitions,
                                    transition -> transition instanceof Transition.ParticipantMapped mapped
                                            ? Optional.of(new Transition.ParticipantReopened(
                                                    mapped.item(), mapped.participant(), "nobody"))
                                            : Optional.empty()));
                }
            });
        }
    }

    @Breaks("ledger.14")
    static class DeliversToEveryAddress extends BrokenLedgerContract {
        DeliversToEveryAddress() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public void commit(Fence fence, List<Transition> transitions) {
                    super.commit(
                            fence,
                            each(
                                    transitions,
                                    transition -> transition instanceof Transition.ParticipantMapped mapped
                                            ? byAddress(mapped)
                                            : transition));
                }

                private Transition byAddress(Transition.ParticipantMapped mapped) {
                    String address = mapped.mailbox().primaryAddress();
                    return new Transition.ParticipantMapped(
                            mapped.item(),
                            mapped.participant(),
                            new Mailbox(idOf(address), address),
                            mapped.folder(),
                            mapped.rule());
                }

                private static String idOf(String address) {
                    return "id-" + address.substring(0, address.indexOf('@'));
                }
            });
        }
    }
}
