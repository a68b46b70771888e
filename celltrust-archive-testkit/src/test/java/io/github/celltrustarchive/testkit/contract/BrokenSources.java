// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sources that read, acknowledge or close wrongly. */
final class BrokenSources {

    private BrokenSources() {}

    @Breaks("source.1")
    static class GivesAPageInAnotherOrderTheSecondTime extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                private final Set<Integer> given = new HashSet<>();

                @Override
                SourcePage page(List<RawRecord> records, Checkpoint next, boolean more) {
                    boolean again = records.size() == 2 && !given.add(position(next));
                    List<RawRecord> reordered = new ArrayList<>(records);
                    if (again && position(next) == 4) {
                        Collections.reverse(reordered);
                    }
                    return super.page(reordered, next, more);
                }
            };
        }
    }

    @Breaks("source.2")
    static class KeepsThePositionInTheAdapter extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                private final Map<Checkpoint, Integer> positions = new HashMap<>();

                @Override
                int position(Checkpoint after) {
                    return positions.getOrDefault(after, 0);
                }

                @Override
                Checkpoint checkpoint(int position) {
                    Checkpoint checkpoint = super.checkpoint(position);
                    positions.put(checkpoint, position);
                    return checkpoint;
                }

                @Override
                public void acknowledge(Checkpoint upTo) {}
            };
        }
    }

    @Breaks("source.3")
    static class GivesOneRecordMoreThanAskedFor extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                public SourcePage read(Checkpoint after, int maxRecords) throws IOException, InterruptedException {
                    return super.read(after, maxRecords + 1);
                }
            };
        }
    }

    @Breaks("source.12")
    static class DeletesWhenThePageIsClosed extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                SourcePage page(List<RawRecord> records, Checkpoint next, boolean more) {
                    return new PageWrapper(super.page(records, next, more)) {
                        @Override
                        public void close() {
                            upstream.deleted = Math.max(upstream.deleted, position(next()));
                        }
                    };
                }
            };
        }
    }

    @Breaks("source.12")
    static class DeletesWhenTheAdapterIsClosed extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                public void close() {
                    upstream.deleted = 2;
                }
            };
        }
    }

    @Breaks("source.11")
    static class FailsWhenTheAdapterIsClosedAgain extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                private boolean closed;

                @Override
                public void close() {
                    if (closed) {
                        throw new IllegalStateException("closed already");
                    }
                    closed = true;
                }
            };
        }
    }

    @Breaks("source.13")
    static class DeletesMoreThanAcknowledged extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                public void acknowledge(Checkpoint upTo) {
                    boolean firstPageOfTwo = position(upTo) == 2 && upstream.deleted == 0 && !restarted();
                    upstream.deleted = Math.max(upstream.deleted, position(upTo) + (firstPageOfTwo ? 1 : 0));
                }

                private boolean read;

                private boolean restarted() {
                    return !read;
                }

                @Override
                public SourcePage read(Checkpoint after, int maxRecords) throws IOException, InterruptedException {
                    read = true;
                    return super.read(after, maxRecords);
                }
            };
        }
    }

    @Breaks("source.14")
    static class RefusesASecondAcknowledgement extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                public void acknowledge(Checkpoint upTo) throws IOException {
                    if (position(upTo) <= upstream.deleted) {
                        throw new IOException("no such files");
                    }
                    upstream.deleted = position(upTo);
                }
            };
        }
    }

    @Breaks("source.14")
    static class DeletesOnWithEveryAcknowledgement extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                public void acknowledge(Checkpoint upTo) {
                    upstream.deleted = position(upTo) <= upstream.deleted ? upstream.deleted + 1 : position(upTo);
                }
            };
        }
    }

    @Breaks("source.15")
    static class KnowsOnlyItsOwnCheckpoints extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                private final Set<Checkpoint> given = new HashSet<>();

                @Override
                Checkpoint checkpoint(int position) {
                    given.add(super.checkpoint(position));
                    return super.checkpoint(position);
                }

                @Override
                public void acknowledge(Checkpoint upTo) {
                    if (!given.contains(upTo)) {
                        throw new IllegalStateException("not a checkpoint of this adapter");
                    }
                }
            };
        }
    }

    @Breaks("source.16")
    static class ListsTheSourceOnce extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                private final int listed = upstream.lines.size();

                @Override
                public SourcePage read(Checkpoint after, int maxRecords) throws IOException, InterruptedException {
                    int most = Math.min(maxRecords, listed - position(after));
                    return most > 0 ? super.read(after, most) : page(List.of(), after, false);
                }
            };
        }
    }

    @Breaks("source.17")
    static class TakesAMissingSourceForAnEmptyOne extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                public SourcePage read(Checkpoint after, int maxRecords) throws IOException, InterruptedException {
                    return upstream.gone ? page(List.of(), after, false) : super.read(after, maxRecords);
                }
            };
        }
    }

    @Breaks("source.18")
    static class SwallowsAnInterrupt extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                public SourcePage read(Checkpoint after, int maxRecords) throws IOException, InterruptedException {
                    Thread.interrupted();
                    return super.read(after, maxRecords);
                }
            };
        }
    }

    @Breaks("source.18")
    static class TakesAnInterruptForTrouble extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                public SourcePage read(Checkpoint after, int maxRecords) throws IOException, InterruptedException {
                    if (Thread.currentThread().isInterrupted()) {
                        throw new IOException("the channel was closed");
                    }
                    return super.read(after, maxRecords);
                }
            };
        }
    }

    @Breaks("source.20")
    static class ShowsItsRecords extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                public String toString() {
                    return upstream.lines.toString();
                }
            };
        }
    }
}
