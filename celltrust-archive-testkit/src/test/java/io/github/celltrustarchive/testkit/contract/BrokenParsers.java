// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordException;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Sources that parse wrongly. */
final class BrokenParsers {

    private BrokenParsers() {}

    /** A contract over a source that makes something else of a line. */
    abstract static class WithParser extends PlainSourceContract {

        abstract String text(String text) throws IOException;

        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                SourceItem.Builder item(RawRecord record, String id, String phone, String text) throws IOException {
                    return super.item(record, id, phone, text).text(WithParser.this.text(text));
                }
            };
        }
    }

    @Breaks("source.21")
    static class CountsWhatItParses extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                private final Map<Thread, String> before = new ConcurrentHashMap<>();

                @Override
                SourceItem.Builder item(RawRecord record, String id, String phone, String text) throws IOException {
                    String previous = before.put(Thread.currentThread(), id);
                    boolean answer = "id 6".equals(previous) && id.equals("id 5");
                    return super.item(record, id, phone, text).property("answer", String.valueOf(answer));
                }
            };
        }
    }

    @Breaks("source.22")
    static class TakesTheDefaultZone extends WithParser {
        @Override
        String text(String text) {
            return text + ZoneId.systemDefault();
        }
    }

    @Breaks("source.22")
    static class FormatsWithTheDefaultLocale extends WithParser {
        @Override
        @SuppressWarnings("StringCaseLocaleUsage")
        String text(String text) {
            return String.format("%s%d", text.toUpperCase(Locale.getDefault()), 7);
        }
    }

    @Breaks("source.23")
    static class WorksInOneThreadOnly extends WithParser {
        private final Thread first = Thread.currentThread();

        @Override
        String text(String text) {
            return Thread.currentThread() == first ? text : "";
        }
    }

    @Breaks("source.24")
    static class TakesThePageTokenForAPartOfTheRecord extends PlainSourceContract {
        private final AtomicInteger readings = new AtomicInteger();

        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                String line(int index) {
                    String line = super.line(index);
                    return index == 0 ? line + " token=" + readings.incrementAndGet() : line;
                }
            };
        }
    }

    @Breaks("source.25")
    static class ChangesTheSpellingOfIds extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                SourceItem.Builder item(RawRecord record, String id, String phone, String text) throws IOException {
                    return super.item(record, id.toLowerCase(Locale.ROOT), phone, text);
                }
            };
        }
    }

    @Breaks("source.26")
    static class FailsOnABadRecord extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                RuntimeException bad(String line) {
                    return new IndexOutOfBoundsException("2");
                }
            };
        }
    }

    @Breaks("source.27")
    static class QuotesABadRecord extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                RuntimeException bad(String line) {
                    return new RecordException("not three fields: " + line);
                }
            };
        }
    }

    @Breaks("source.28")
    static class TakesAReadingErrorForABadRecord extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                public SourceItem parse(RawRecord record) {
                    try {
                        return super.parse(record);
                    } catch (IOException e) {
                        throw new RecordException("can't be read", e);
                    }
                }
            };
        }
    }

    @Breaks("source.28")
    static class MakesAnItemOfWhatItCouldRead extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                public SourceItem parse(RawRecord record) throws IOException {
                    try {
                        return super.parse(record);
                    } catch (IOException e) {
                        return item(record, "half", "+1", "half").build();
                    }
                }
            };
        }
    }

    @Breaks("source.29")
    static class OpensAnAttachmentOnlyOnce extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                Content opened(Content attachment) {
                    AtomicInteger opened = new AtomicInteger();
                    return new Content() {
                        @Override
                        public InputStream open() throws IOException {
                            return opened.incrementAndGet() == 1
                                    ? attachment.open()
                                    : Objects.requireNonNull(InputStream.nullInputStream());
                        }

                        @Override
                        public long size() {
                            return attachment.size();
                        }
                    };
                }
            };
        }
    }
}
