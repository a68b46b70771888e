// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.DeliveryKey;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.testkit.contract.PlainMailStore.Kept;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/** Sinks that don't find what is there, or find what isn't. */
final class BrokenFinds {

    private BrokenFinds() {}

    /** Whether two messages read the same. */
    static boolean twins(Kept there, Delivery delivery) {
        return there.delivery().envelope().sentAt().equals(delivery.envelope().sentAt())
                && there.delivery()
                        .envelope()
                        .participants()
                        .equals(delivery.envelope().participants());
    }

    /** Searches with a rule of its own; delivers as it should. */
    private static class Searching extends PlainSink {
        private final BiPredicate<Kept, Delivery> matches;

        Searching(PlainMailStore store, BiPredicate<Kept, Delivery> matches) {
            super(store);
            this.matches = matches;
        }

        @Override
        public Lookup find(Delivery delivery) throws IOException, InterruptedException {
            reach();
            synchronized (store) {
                List<Kept> copies = store.all().stream()
                        .filter(there -> matches.test(there, delivery))
                        .toList();
                return answer(delivery, copies);
            }
        }
    }

    private static boolean sameMailbox(Kept there, Delivery delivery) {
        return there.delivery().mailbox().equals(delivery.mailbox());
    }

    private static boolean sameItem(Kept there, Delivery delivery) {
        return there.delivery().envelope().key().equals(delivery.envelope().key());
    }

    @Breaks("sink.14")
    static class FindsTwins extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new Searching(store, (there, d) -> sameMailbox(there, d) && twins(there, d));
        }
    }

    @Breaks("sink.15")
    static class MakesTheFolderToSearchIt extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                public Lookup find(Delivery delivery) throws IOException, InterruptedException {
                    Lookup lookup = super.find(delivery);
                    store.folder(delivery.mailbox().id(), delivery.folder());
                    return lookup;
                }
            };
        }
    }

    @Breaks("sink.16")
    static class ForgetsTheStatus extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                Lookup answer(Delivery delivery, List<Kept> copies) {
                    Lookup lookup = super.answer(delivery, copies);
                    return lookup instanceof Lookup.Found found
                            ? Lookup.found(new Receipt(
                                    Receipt.Status.IMPORTED, found.receipt().reference()))
                            : lookup;
                }
            };
        }
    }

    @Breaks("sink.17")
    static class SearchesAllMailboxes extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new Searching(store, BrokenFinds::sameItem);
        }
    }

    @Breaks("sink.18")
    static class NeedsAMessageId extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new Searching(
                    store,
                    (there, d) -> sameMailbox(there, d)
                            && sameItem(there, d)
                            && there.delivery().envelope().messageId() != null);
        }
    }

    @Breaks("sink.19")
    static class FindsByMessageId extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new Searching(store, (there, d) -> {
                String id = d.envelope().messageId();
                return sameMailbox(there, d)
                        && (id == null
                                ? sameItem(there, d)
                                : id.equals(there.delivery().envelope().messageId()));
            });
        }
    }

    @Breaks("sink.20")
    static class FindsOnlyItsOwn extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            Set<DeliveryKey> own = new HashSet<>();
            return new PlainSink(store) {
                @Override
                Receipt write(Delivery delivery, byte[] eml) throws IOException {
                    own.add(delivery.key());
                    return super.write(delivery, eml);
                }

                @Override
                Lookup answer(Delivery delivery, List<Kept> copies) {
                    return super.answer(delivery, own.contains(delivery.key()) ? copies : List.of());
                }
            };
        }
    }

    @Breaks("sink.21")
    static class NumbersAnew extends PlainSinkContract {
        private int sinks;

        @Override
        protected MailboxSink open() {
            int number = ++sinks;
            return new PlainSink(store) {
                @Override
                Lookup answer(Delivery delivery, List<Kept> copies) {
                    Lookup lookup = super.answer(delivery, copies);
                    return lookup instanceof Lookup.Found found
                            ? Lookup.found(new Receipt(
                                    found.receipt().status(),
                                    number + "/" + found.receipt().reference()))
                            : lookup;
                }
            };
        }
    }

    @Breaks("sink.22")
    static class LooksIntoTheFolderOnly extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                List<Kept> copies(Delivery delivery) {
                    List<Kept> there =
                            store.folders(delivery.mailbox().id()).getOrDefault(delivery.folder(), List.of());
                    return there.stream().filter(m -> sameItem(m, delivery)).toList();
                }
            };
        }
    }

    @Breaks("sink.23")
    static class TakesTheFirstOfSeveral extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                Lookup answer(Delivery delivery, List<Kept> copies) {
                    return super.answer(delivery, copies.size() > 1 ? copies.subList(0, 1) : copies);
                }
            };
        }
    }
}
