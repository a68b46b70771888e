// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.DeliveryKey;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.SinkTraits;
import io.github.celltrustarchive.testkit.contract.PlainMailStore.Kept;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Sinks that change, look, tell, close or spell as they shouldn't. */
final class BrokenSinkManners {

    private BrokenSinkManners() {}

    @Breaks("sink.34")
    static class TakesLessEveryTime extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                private int calls;

                @Override
                public SinkTraits traits() {
                    calls++;
                    return super.traits().withMaxMessageBytes(Long.MAX_VALUE - calls);
                }
            };
        }
    }

    @Breaks("sink.35")
    static class LeavesAFolderWhenItLooks extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                public List<Check> preflight() throws IOException, InterruptedException {
                    store.folder(mailbox.id(), "Probe");
                    return super.preflight();
                }
            };
        }
    }

    @Breaks("sink.36")
    static class IsAfraidOfNothing extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                public List<Check> preflight() {
                    return List.of(Check.fail("the server looks tired", "let it rest"));
                }
            };
        }
    }

    @Breaks("sink.37")
    static class PutsTheAddressIntoReferences extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                Receipt keep(Delivery delivery, byte[] eml) {
                    Receipt receipt = super.keep(delivery, eml);
                    return new Receipt(
                            receipt.status(), delivery.mailbox().primaryAddress() + "/" + receipt.reference());
                }
            };
        }
    }

    @Breaks("sink.38")
    static class NamesTheMailboxWhenItCannotRead extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                byte[] read(Delivery delivery) throws IOException {
                    try {
                        return super.read(delivery);
                    } catch (IOException e) {
                        throw new IOException(
                                "a message for " + delivery.mailbox().primaryAddress(), e);
                    }
                }
            };
        }
    }

    @Breaks("sink.38")
    static class NamesTheMailboxItCannotReach extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                void reach() throws IOException, InterruptedException {
                    try {
                        super.reach();
                    } catch (IOException e) {
                        throw new IOException("no answer", new IOException("/mail/" + mailbox.primaryAddress(), e));
                    }
                }
            };
        }
    }

    @Breaks("sink.38")
    static class ShowsTheLastSender extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                public String toString() {
                    return "PlainSink[for Ann Lee and others]";
                }
            };
        }
    }

    @Breaks("sink.39")
    static class ClosesOnce extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                private boolean closed;

                @Override
                public void close() throws IOException {
                    if (closed) {
                        throw new IOException("closed already");
                    }
                    closed = true;
                }
            };
        }
    }

    @Breaks("sink.40")
    static class FoldsAddressesByLocale extends PlainSinkContract {
        private final Map<DeliveryKey, String> owners = new HashMap<>();

        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                Receipt keep(Delivery delivery, byte[] eml) {
                    owners.put(delivery.key(), folded(delivery));
                    return super.keep(delivery, eml);
                }

                @Override
                List<Kept> copies(Delivery delivery) {
                    return super.copies(delivery).stream()
                            .filter(m -> folded(delivery)
                                    .equals(owners.getOrDefault(m.delivery().key(), folded(delivery))))
                            .toList();
                }

                private static String folded(Delivery delivery) {
                    return delivery.mailbox().id().toUpperCase(Locale.getDefault());
                }
            };
        }
    }

    @Breaks("sink.41")
    static class TakesPlainFolderNamesOnly extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                Receipt keep(Delivery delivery, byte[] eml) {
                    String plain = delivery.folder().replaceAll("[^A-Za-z0-9 /.]", "_");
                    return super.keep(BrokenDeliveries.into(delivery, plain), eml);
                }
            };
        }
    }

    @Breaks("sink.42")
    static class RemembersThatItWasThere extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                public List<Check> preflight() {
                    return List.of(Check.pass("the store answered when the sink was opened"));
                }
            };
        }
    }

    @Breaks("sink.43")
    static class SettlesAtOnceAndWritesAgain extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new CreatesIfAbsent(store) {
                @Override
                Receipt write(Delivery delivery, byte[] eml) throws IOException {
                    Receipt receipt = super.write(delivery, eml);
                    return receipt.status() == Receipt.Status.DUPLICATE ? keep(delivery, eml) : receipt;
                }
            };
        }
    }

    /** A faultless sink of another kind: it writes at once and once. */
    static class CreatesIfAbsent extends PlainSink {
        CreatesIfAbsent(PlainMailStore store) {
            super(store);
        }

        @Override
        public SinkTraits traits() {
            return super.traits().withSettleTime(Duration.ZERO);
        }

        @Override
        Duration lateness() {
            return Duration.ZERO;
        }
    }
}
