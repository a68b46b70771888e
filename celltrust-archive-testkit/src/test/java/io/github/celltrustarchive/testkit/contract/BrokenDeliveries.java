// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.DeliveryOutcome;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.testkit.contract.PlainMailStore.Kept;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sinks whose messages don't arrive as they should. */
final class BrokenDeliveries {

    private BrokenDeliveries() {}

    /** Where a broken sink puts a message instead. */
    static Delivery into(Delivery delivery, String folder) {
        return new Delivery(
                delivery.key(),
                delivery.mailbox(),
                folder,
                delivery.envelope(),
                delivery.eml(),
                delivery.attempt(),
                delivery.incompleteReference());
    }

    @Breaks("sink.1")
    static class LosesTheEndOfAttachments extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                Receipt keep(Delivery delivery, byte[] eml) {
                    boolean cut =
                            delivery.envelope().attachments().size() == 2 && delivery.incompleteReference() == null;
                    return super.keep(delivery, cut ? Arrays.copyOf(eml, eml.length - 1) : eml);
                }
            };
        }
    }

    /** A store that takes messages apart, and loses one of two attachments. */
    @Breaks("sink.1")
    static class LosesAnAttachment extends TakesApartContract {
        @Override
        StoredMessage seen(Kept message) throws IOException {
            StoredMessage whole = super.seen(message);
            int attachments = whole.attachmentSha256().size();
            boolean loses = attachments == 2 && message.delivery().incompleteReference() == null;
            return loses
                    ? new StoredMessage(
                            null,
                            whole.subject(),
                            whole.text(),
                            whole.attachmentSha256().subList(0, 1))
                    : whole;
        }
    }

    @Breaks("sink.2")
    static class KnowsTwoLevelsOfFolders extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                Receipt keep(Delivery delivery, byte[] eml) {
                    String[] names = delivery.folder().split("/", -1);
                    return super.keep(into(delivery, names[0] + "/" + names[1]), eml);
                }
            };
        }
    }

    @Breaks("sink.3")
    static class HasAlwaysImportedEverything extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                public Receipt deliver(Delivery delivery) throws IOException, InterruptedException {
                    Receipt receipt = super.deliver(delivery);
                    return receipt.status() == Receipt.Status.PARTIALLY_IMPORTED
                            ? new Receipt(Receipt.Status.IMPORTED, receipt.reference())
                            : receipt;
                }

                @Override
                public List<DeliveryOutcome> deliverAll(List<Delivery> oneMailbox) throws InterruptedException {
                    return new PlainSink(store).deliverAll(oneMailbox);
                }
            };
        }
    }

    @Breaks("sink.4")
    static class CutsLargeMessages extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                byte[] read(Delivery delivery) throws IOException {
                    byte[] eml = super.read(delivery);
                    return Arrays.copyOf(eml, Math.min(eml.length, 1 << 18));
                }
            };
        }
    }

    @Breaks("sink.5")
    static class KeepsOneCopyForAllMailboxes extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                Receipt write(Delivery delivery, byte[] eml) throws IOException {
                    for (Kept there : store.all()) {
                        if (there.delivery()
                                        .envelope()
                                        .key()
                                        .equals(delivery.envelope().key())
                                && !there.delivery().mailbox().equals(delivery.mailbox())) {
                            return Receipt.imported(delivery.envelope(), there.reference());
                        }
                    }
                    return super.write(delivery, eml);
                }
            };
        }
    }

    @Breaks("sink.6")
    static class TakesTwinsForOne extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                Receipt write(Delivery delivery, byte[] eml) throws IOException {
                    for (Kept there : store.all(delivery.mailbox().id())) {
                        if (!there.delivery().key().equals(delivery.key()) && BrokenFinds.twins(there, delivery)) {
                            return Receipt.duplicate(there.reference());
                        }
                    }
                    return super.write(delivery, eml);
                }
            };
        }
    }

    @Breaks("sink.7")
    static class SaysDuplicateAndWritesAnother extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                Receipt write(Delivery delivery, byte[] eml) throws IOException {
                    Receipt receipt = super.write(delivery, eml);
                    if (receipt.status() == Receipt.Status.DUPLICATE) {
                        keep(delivery, eml);
                    }
                    return receipt;
                }
            };
        }
    }

    @Breaks("sink.8")
    static class TakesASecondAttemptForADuplicate extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                Receipt write(Delivery delivery, byte[] eml) throws IOException {
                    return delivery.attempt() > 1 && delivery.incompleteReference() == null
                            ? Receipt.duplicate("written-before")
                            : super.write(delivery, eml);
                }
            };
        }
    }

    @Breaks("sink.9")
    static class ChokesOnControls extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                Receipt write(Delivery delivery, byte[] eml) throws IOException {
                    if (delivery.envelope().sourceId().chars().anyMatch(Character::isISOControl)) {
                        throw new IllegalArgumentException("a control in an id");
                    }
                    return super.write(delivery, eml);
                }
            };
        }
    }

    @Breaks("sink.10")
    static class LosesWhatOtherThreadsWriteElsewhere extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                private @Nullable Thread first;
                private @Nullable Mailbox firstMailbox;

                @Override
                Receipt keep(Delivery delivery, byte[] eml) {
                    first = first == null ? Thread.currentThread() : first;
                    firstMailbox = firstMailbox == null ? delivery.mailbox() : firstMailbox;
                    boolean lost = first != Thread.currentThread()
                            && !delivery.mailbox().equals(firstMailbox);
                    return lost
                            ? Receipt.imported(delivery.envelope(), store.nextReference())
                            : super.keep(delivery, eml);
                }
            };
        }
    }

    @Breaks("sink.11")
    static class MakesAFolderInEveryThread extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                private final Map<Mailbox, Thread> makers = new HashMap<>();

                @Override
                Receipt keep(Delivery delivery, byte[] eml) {
                    Thread current = Thread.currentThread();
                    boolean second = makers.computeIfAbsent(delivery.mailbox(), m -> current) != current;
                    String folder = delivery.folder() + (second ? "#2" : "");
                    return super.keep(into(delivery, folder), eml);
                }
            };
        }
    }

    @Breaks("sink.12")
    static class TellsTheLastFirst extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                public List<DeliveryOutcome> deliverAll(List<Delivery> oneMailbox) throws InterruptedException {
                    List<DeliveryOutcome> outcomes = new ArrayList<>(super.deliverAll(oneMailbox));
                    if (outcomes.stream().allMatch(DeliveryOutcome.Delivered.class::isInstance)) {
                        Collections.reverse(outcomes);
                    }
                    return outcomes;
                }
            };
        }
    }

    @Breaks("sink.13")
    static class GivesUpABatchInWordsOnly extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                public List<DeliveryOutcome> deliverAll(List<Delivery> oneMailbox) throws InterruptedException {
                    List<DeliveryOutcome> outcomes = super.deliverAll(oneMailbox);
                    if (outcomes.stream().allMatch(DeliveryOutcome.Delivered.class::isInstance)) {
                        return outcomes;
                    }
                    ArchiveException cause = ArchiveException.retry("one of the batch failed", null);
                    return Collections.nCopies(outcomes.size(), DeliveryOutcome.notWritten(cause));
                }
            };
        }
    }

    /** A faultless sink on a store that takes messages apart. */
    abstract static class TakesApartContract extends PlainSinkContract {
        @Override
        protected boolean keepsBytes() {
            return false;
        }

        @Override
        StoredMessage seen(Kept message) throws IOException {
            try {
                ReadMail mail = ReadMail.of(Bytes.of(message.eml()));
                List<Content> attachments = new ArrayList<>();
                for (byte[] bytes : mail.attachments()) {
                    attachments.add(Content.of(bytes));
                }
                return StoredMessage.ofParts(message.delivery().envelope().subject(), mail.text(), attachments);
            } catch (MessagingException e) {
                throw new IOException(e);
            }
        }
    }
}
