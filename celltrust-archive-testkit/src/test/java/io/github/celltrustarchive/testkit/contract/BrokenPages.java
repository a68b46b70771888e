// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sources whose pages, checkpoints or contents are wrong. */
final class BrokenPages {

    private BrokenPages() {}

    @Breaks("source.4")
    static class MovesTheCheckpointWithAnEmptyPage extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                SourcePage page(List<RawRecord> records, Checkpoint next, boolean more) {
                    return records.isEmpty()
                            ? super.page(records, new Checkpoint(next.value() + "."), more)
                            : super.page(records, next, more);
                }

                @Override
                int position(Checkpoint after) { // so that nothing is lost
                    return super.position(new Checkpoint(after.value().replace(".", "")));
                }
            };
        }
    }

    @Breaks("source.5")
    static class LosesARecordBetweenPages extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                public SourcePage read(Checkpoint after, int maxRecords) throws IOException, InterruptedException {
                    boolean boundary = maxRecords == 3 && position(after) == 3;
                    return super.read(boundary ? checkpoint(4) : after, maxRecords);
                }
            };
        }
    }

    @Breaks("source.5")
    static class LosesTheLastRecordOfAFullPage extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                SourcePage page(List<RawRecord> records, Checkpoint next, boolean more) {
                    boolean full = records.size() == upstream.lines.size() - 1;
                    return super.page(full ? records.subList(0, records.size() - 1) : records, next, more);
                }
            };
        }
    }

    @Breaks("source.6")
    static class SaysThatThereIsNoMoreAfterAFullPage extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                SourcePage page(List<RawRecord> records, Checkpoint next, boolean more) {
                    return super.page(records, next, more && records.size() != 3);
                }
            };
        }
    }

    @Breaks("source.7")
    static class GivesTwoRecordsOneLocator extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                String locator(int index) {
                    return super.locator(index == 1 ? 0 : index);
                }
            };
        }
    }

    @Breaks("source.8")
    static class SharesOneStreamPosition extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                Content content(String line) {
                    return new SharedStream(line.getBytes(StandardCharsets.UTF_8));
                }
            };
        }
    }

    /** Opening it takes every other stream back to the start, too. */
    private static final class SharedStream implements Content {
        private final byte[] bytes;
        private final Map<Thread, ByteArrayInputStream> streams = new ConcurrentHashMap<>();

        SharedStream(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public InputStream open() {
            ByteArrayInputStream in =
                    streams.computeIfAbsent(Thread.currentThread(), thread -> new ByteArrayInputStream(bytes));
            in.reset();
            return in;
        }

        @Override
        public long size() {
            return bytes.length;
        }
    }

    @Breaks("source.8")
    static class DeclaresAnotherSize extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                Content content(String line) {
                    Content content = super.content(line);
                    return new Content() {
                        @Override
                        public InputStream open() throws IOException {
                            return content.open();
                        }

                        @Override
                        public long size() {
                            return content.size() + 1;
                        }
                    };
                }
            };
        }
    }

    @Breaks("source.9")
    static class ReusesTheBufferOfThePageBefore extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                private int current = -1;

                @Override
                public SourcePage read(Checkpoint after, int maxRecords) throws IOException, InterruptedException {
                    current = maxRecords == 2 ? position(after) : -1;
                    return super.read(after, maxRecords);
                }

                @Override
                Content content(String line) {
                    int mine = current;
                    Content content = super.content(line);
                    return new Content() {
                        @Override
                        public InputStream open() throws IOException {
                            return mine == 0 && current == 2 ? InputStream.nullInputStream() : content.open();
                        }

                        @Override
                        public long size() {
                            return content.size();
                        }
                    };
                }
            };
        }
    }

    @Breaks("source.10")
    static class FailsWhenAPageIsClosedAgain extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                SourcePage page(List<RawRecord> records, Checkpoint next, boolean more) {
                    return new PageWrapper(super.page(records, next, more)) {
                        private boolean closed;

                        @Override
                        public void close() throws IOException {
                            if (closed) {
                                throw new IOException("no such spool file");
                            }
                            closed = true;
                        }
                    };
                }
            };
        }
    }

    @Breaks("source.19")
    static class NamesRecordsAfterTheirSender extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                String locator(int index) {
                    return line(index).replaceAll(",[^,]*$", "");
                }
            };
        }
    }

    @Breaks("source.20")
    static class ShowsContents extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                Content content(String line) {
                    Content content = super.content(line);
                    return new Content() {
                        @Override
                        public InputStream open() throws IOException {
                            return content.open();
                        }

                        @Override
                        public long size() {
                            return content.size();
                        }

                        @Override
                        public String toString() {
                            return line;
                        }
                    };
                }
            };
        }
    }
}
