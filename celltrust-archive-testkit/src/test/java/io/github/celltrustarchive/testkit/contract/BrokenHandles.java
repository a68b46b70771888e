// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.Transition;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Ledgers that are broken when several threads use them, when they are opened again, closed or failed. */
final class BrokenHandles {

    private BrokenHandles() {}

    @Breaks("ledger.38")
    static class ShowsHalfACommit extends BrokenLedgerContract {
        ShowsHalfACommit() {
            super(ledger -> new ForwardingLedger(ledger) {
                @Override
                public void commit(Fence fence, List<Transition> transitions) {
                    long staged = transitions.stream()
                            .filter(Transition.ItemStaged.class::isInstance)
                            .count();
                    if (staged == 2 && Thread.currentThread() != creator) {
                        super.commit(fence, transitions.subList(0, 2));
                        return;
                    }
                    super.commit(fence, transitions);
                }

                private final Thread creator = Thread.currentThread();
            });
        }
    }

    @Breaks("ledger.39")
    static class ForgetsTheCheckpoint extends BrokenLedgerContract {
        ForgetsTheCheckpoint() {
            super(ledger -> ledger);
        }

        @Override
        protected Optional<Ledger> reopen(Clock clock) {
            return Optional.of(new ForwardingLedger(sqlite(clock)) {
                @Override
                public Checkpoint checkpoint(String connector) {
                    return Checkpoint.START;
                }
            });
        }
    }

    @Breaks("ledger.40")
    static class ClosesOnce extends BrokenLedgerContract {
        ClosesOnce() {
            super(ledger -> new ForwardingLedger(ledger) {
                private boolean used;
                private int closed;

                @Override
                public void commit(Fence fence, List<Transition> transitions) {
                    super.commit(fence, transitions);
                    used = true;
                }

                @Override
                public void close() {
                    super.close();
                    closed++;
                    if (used && closed == 2) {
                        throw new IllegalStateException("closed already");
                    }
                }
            });
        }
    }

    @Breaks("ledger.41")
    static class AnswersAfterItsEnd extends BrokenLedgerContract {
        AnswersAfterItsEnd() {
            super(ledger -> new ForwardingLedger(ledger) {
                private boolean closed;

                @Override
                public boolean packKnown(String connector, String packName) {
                    return !closed && super.packKnown(connector, packName);
                }

                @Override
                public void close() {
                    closed = true;
                    super.close();
                }
            });
        }
    }

    @Breaks("ledger.42")
    static class GoesOnWhenItsDatabaseIsBack extends BrokenLedgerContract {
        private boolean away;

        GoesOnWhenItsDatabaseIsBack() {
            super(ledger -> ledger);
        }

        @Override
        protected Ledger open(Clock clock) {
            return new ForwardingLedger(sqlite(clock)) {
                @Override
                public void commit(Fence fence, List<Transition> transitions) {
                    if (away) {
                        throw ArchiveException.stop("the database is away", null);
                    }
                    super.commit(fence, transitions);
                }
            };
        }

        @Override
        protected AutoCloseable breakDown() {
            away = true;
            return () -> away = false;
        }
    }
}
