// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.RunFailure;
import io.github.celltrustarchive.model.Selection;
import io.github.celltrustarchive.spi.DeliveryPlace;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.HeldItem;
import io.github.celltrustarchive.spi.ParticipantPlace;
import io.github.celltrustarchive.spi.Reopening;
import io.github.celltrustarchive.spi.Transition;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ledgers whose numbers, finished runs or lists for operators are broken. */
final class BrokenReporting {

    private static final Instant FAR = Instant.parse("2999-01-01T00:00:00Z");

    private BrokenReporting() {}

    @Breaks("ledger.27")
    static class CountsNoReplays extends BrokenLedgerContract {
        CountsNoReplays() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public RunCounts counts(String connector, long run) {
                    RunCounts counts = super.counts(connector, run);
                    return counts.skipped() != 3
                            ? counts
                            : new RunCounts(
                                    counts.availableFromSource(),
                                    counts.availableForImport(),
                                    counts.imported(),
                                    counts.partiallyImported(),
                                    1,
                                    counts.failed(),
                                    counts.pending());
                }
            });
        }
    }

    @Breaks("ledger.45")
    static class CountsWhatAnotherRunDelivered extends BrokenLedgerContract {
        CountsWhatAnotherRunDelivered() {
            super(ledger -> new ForwardingLedger(ledger) {
                private final Map<Long, Long> found = new HashMap<>();

                @Override
                public Fence open(String connector, String worker, String operation) {
                    Fence fence = super.open(connector, worker, operation);
                    found.put(
                            fence.epoch(),
                            super.counts(connector, fence.epoch()).availableForImport());
                    return fence;
                }

                @Override
                public RunCounts counts(String connector, long run) {
                    RunCounts counts = super.counts(connector, run);
                    return new RunCounts(
                            counts.availableFromSource(),
                            Math.max(found.getOrDefault(run, 0L), counts.availableForImport()),
                            counts.imported(),
                            counts.partiallyImported(),
                            counts.skipped(),
                            counts.failed(),
                            counts.pending());
                }
            });
        }
    }

    @Breaks("ledger.28")
    static class ListsAFailureTwice extends BrokenLedgerContract {
        ListsAFailureTwice() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public Stream<RunFailure> failures(String connector, long run) {
                    return super.failures(connector, run).flatMap(failure -> Stream.of(failure, failure));
                }
            });
        }
    }

    @Breaks("ledger.29")
    static class TakesHeldItemsForPending extends BrokenLedgerContract {
        TakesHeldItemsForPending() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public ItemTotals totals(String connector) {
                    ItemTotals all = super.totals(connector);
                    return new ItemTotals(
                            all.listed(),
                            all.done(),
                            all.pending() + Math.max(0, all.held() - 1),
                            Math.min(1, all.held()),
                            all.unmapped(),
                            all.excluded());
                }
            });
        }
    }

    @Breaks("ledger.30")
    static class IgnoresWhatComesLate extends BrokenLedgerContract {
        IgnoresWhatComesLate() {
            super(ledger -> new ForwardingLedger(ledger) {
                private final Set<Fence> over = new HashSet<>();

                @Override
                public void commit(Fence fence, List<Transition> transitions) {
                    if (over.contains(fence)) {
                        return;
                    }
                    super.commit(fence, transitions);
                    if (transitions.get(0) instanceof Transition.RunFinished) {
                        over.add(fence);
                    }
                }
            });
        }
    }

    @Breaks("ledger.31")
    static class TakesStoppedRunsForCompleted extends BrokenLedgerContract {
        TakesStoppedRunsForCompleted() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public void commit(Fence fence, List<Transition> transitions) {
                    super.commit(
                            fence,
                            each(
                                    transitions,
                                    transition -> transition instanceof Transition.RunFinished finished
                                            ? new Transition.RunFinished(false, finished.counts())
                                            : transition));
                }
            });
        }
    }

    @Breaks("ledger.32")
    static class SweepsBackwards extends BrokenLedgerContract {
        SweepsBackwards() {
            super(ledger -> new ForwardingLedger(ledger) {
                private long below = 1;

                @Override
                public void swept(Fence fence, long belowEpoch) {
                    super.swept(fence, belowEpoch);
                    below = belowEpoch;
                }

                @Override
                public long unsweptSince(String connector) {
                    return Math.min(below, super.unsweptSince(connector));
                }
            });
        }
    }

    @Breaks("ledger.33")
    static class FindsWhatThisRunHolds extends BrokenLedgerContract {
        FindsWhatThisRunHolds() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public List<HeldItem> heldItems(Fence fence, Selection selection, long afterItem, int max) {
                    Fence nobody = new Fence(fence.connector(), Long.MAX_VALUE, fence.worker());
                    return super.heldItems(nobody, selection, afterItem, max);
                }
            });
        }
    }

    @Breaks("ledger.34")
    static class KeepsWhatIsReleasedToAnotherKey extends BrokenLedgerContract {
        KeepsWhatIsReleasedToAnotherKey() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public void commit(Fence fence, List<Transition> transitions) {
                    super.commit(
                            fence,
                            transitions.size() == 1
                                    ? transitions
                                    : transitions.stream()
                                            .filter(transition -> !toAnother(transition))
                                            .toList());
                }

                private static boolean toAnother(Transition transition) {
                    return transition instanceof Transition.ItemReleased released
                            && released.to().sourceId().equals("m2");
                }
            });
        }
    }

    @Breaks("ledger.35")
    static class AlwaysFindsExternalOnes extends BrokenLedgerContract {
        AlwaysFindsExternalOnes() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public List<ParticipantPlace> participants(
                        Fence fence,
                        Reopening command,
                        Selection selection,
                        @Nullable ParticipantPlace after,
                        int max) {
                    return super.participants(fence, command, selection.andExternal(), after, max);
                }
            });
        }
    }

    @Breaks("ledger.36")
    static class PostponesWhatIsReopened extends BrokenLedgerContract {
        PostponesWhatIsReopened() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public void commit(Fence fence, List<Transition> transitions) {
                    super.commit(fence, transitions);
                    for (Transition transition : transitions) {
                        if (transition instanceof Transition.ParticipantReopened reopened) {
                            super.commit(
                                    fence,
                                    List.of(new Transition.ParticipantPostponed(
                                            reopened.item(), reopened.participant(), FAR, "later")));
                        }
                    }
                }
            });
        }
    }

    @Breaks("ledger.37")
    static class FindsDeliveriesWhateverTheirReason extends BrokenLedgerContract {
        FindsDeliveriesWhateverTheirReason() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public List<DeliveryPlace> heldDeliveries(
                        Fence fence, Selection selection, @Nullable DeliveryPlace after, int max) {
                    return super.heldDeliveries(
                            fence, selection.reason() == null ? selection : Selection.all(), after, max);
                }
            });
        }
    }
}
