// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.IncompleteDeliveryException;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.testkit.contract.PlainMailStore.Kept;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;

/** Sinks that say something else than what went wrong. */
final class BrokenSinkFailures {

    private BrokenSinkFailures() {}

    @Breaks("sink.24")
    static class WritesWhatItCouldRead extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                byte[] read(Delivery delivery) throws IOException {
                    ByteArrayOutputStream eml = new ByteArrayOutputStream();
                    try (InputStream in = delivery.eml().open()) {
                        for (int b = in.read(); b >= 0; b = in.read()) {
                            eml.write(b);
                        }
                    } catch (IOException e) {
                        return eml.toByteArray();
                    }
                    return eml.toByteArray();
                }
            };
        }
    }

    @Breaks("sink.25")
    static class LeavesHalfAMessageBehind extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                byte[] read(Delivery delivery) throws IOException {
                    try {
                        return super.read(delivery);
                    } catch (IOException e) {
                        store.add(new Kept(delivery, Content.EMPTY, store.nextReference(), false));
                        throw ArchiveException.retry("the message can't be read", e);
                    }
                }
            };
        }
    }

    @Breaks("sink.26")
    static class WritesBeforeItIsRefused extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                Receipt write(Delivery delivery, byte[] eml) throws IOException {
                    if (store.refusing) {
                        keep(delivery, eml);
                    }
                    return super.write(delivery, eml);
                }

                @Override
                List<Kept> copies(Delivery delivery) {
                    return store.refusing ? List.of() : super.copies(delivery);
                }
            };
        }
    }

    @Breaks("sink.27")
    static class SettlesLaterThanItSays extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                Duration lateness() {
                    return SETTLE_TIME.plusSeconds(1);
                }
            };
        }
    }

    @Breaks("sink.28")
    static class SaysOnlyThatItFailed extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                Receipt write(Delivery delivery, byte[] eml) throws IOException {
                    try {
                        return super.write(delivery, eml);
                    } catch (IncompleteDeliveryException e) {
                        throw new IOException("it failed");
                    }
                }
            };
        }
    }

    @Breaks("sink.29")
    static class TakesHalfForWhole extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                Lookup answer(Delivery delivery, List<Kept> copies) {
                    Lookup lookup = super.answer(delivery, copies);
                    return lookup instanceof Lookup.Incomplete half
                            ? Lookup.found(Receipt.imported(delivery.envelope(), half.reference()))
                            : lookup;
                }
            };
        }
    }

    @Breaks("sink.30")
    static class StartsAnew extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                Receipt keep(Delivery delivery, byte[] eml) {
                    String reference = store.nextReference();
                    store.add(new Kept(delivery, Content.of(eml), reference, true));
                    return Receipt.imported(delivery.envelope(), reference);
                }
            };
        }
    }

    @Breaks("sink.31")
    static class TakesSilenceForAbsence extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                public Lookup find(Delivery delivery) throws InterruptedException {
                    try {
                        return super.find(delivery);
                    } catch (IOException e) {
                        return Lookup.absent();
                    }
                }
            };
        }
    }

    @Breaks("sink.32")
    static class TriesAMissingMailboxForever extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                Receipt write(Delivery delivery, byte[] eml) throws IOException {
                    if (delivery.mailbox().id().equals(PlainMailStore.MISSING)) {
                        throw ArchiveException.retry("no such mailbox", null);
                    }
                    return super.write(delivery, eml);
                }
            };
        }
    }

    @Breaks("sink.33")
    static class SwallowsInterrupts extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                public Lookup find(Delivery delivery) throws IOException, InterruptedException {
                    Thread.interrupted();
                    return super.find(delivery);
                }
            };
        }
    }
}
