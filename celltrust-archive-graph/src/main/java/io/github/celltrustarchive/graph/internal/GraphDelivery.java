// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.celltrustarchive.graph.internal.GraphError.Meaning;
import io.github.celltrustarchive.graph.internal.MessageCreation.Created;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.IncompleteDeliveryException;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one message: finds the folder, creates the message, adds what doesn't fit into one request, marks it complete. May be
 * used by several threads at once.
 */
final class GraphDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(GraphDelivery.class);

    private final MessageWriting writing;
    private final ArchiveFolders folders;
    private final MessageSearch search;
    private final MessageCompletion completion;
    private final ReadBack readBack;
    private final Clock clock;

    GraphDelivery(
            MessageWriting writing,
            ArchiveFolders folders,
            MessageSearch search,
            MessageCompletion completion,
            ReadBack readBack,
            Clock clock) {
        this.writing = writing;
        this.folders = folders;
        this.search = search;
        this.completion = completion;
        this.readBack = readBack;
        this.clock = clock;
    }

    /** As {@link io.github.celltrustarchive.spi.MailboxSink#deliver}. */
    Receipt deliver(Delivery delivery) throws IOException, InterruptedException {
        Patience patience = completion.patience();
        String reference = delivery.incompleteReference();
        if (reference != null) {
            return resume(delivery, new MessagePlace(delivery.mailbox().id(), reference), patience);
        }
        try {
            return create(delivery, writing.messages(), writing.creation(), patience);
        } catch (GraphException e) {
            if (!writing.reducedAllowed() || e.error().meaning() != Meaning.BAD_REQUEST) {
                throw e.orCertainly(clock);
            }
            LOG.warn(
                    "item {}: written with reduced fidelity. {}",
                    delivery.envelope().key(),
                    e.getMessage());
        }
        try {
            return create(delivery, writing.reducedMessages(), writing.reducedCreation(), patience);
        } catch (GraphException e) {
            throw e.orCertainly(clock);
        }
    }

    /** Throws a {@link GraphException} only if nothing was created. */
    private Receipt create(Delivery delivery, MessageFactory messages, MessageCreation creation, Patience patience)
            throws IOException, InterruptedException {
        try (GraphMessage message = make(delivery, messages)) {
            Created created = createInFolder(delivery, message, creation, patience);
            MessagePlace place = new MessagePlace(delivery.mailbox().id(), created.id());
            readBack.check(delivery, place, message, created.form(), patience);
            String key = ArchiveProperties.key(delivery);
            if (created.form() == MessageForm.MIME) {
                completion.markImported(place, key, messages.settings().read(), patience);
            } else if (!message.afterCreate().isEmpty()) {
                completion.finishNew(place, key, created.form().complete(), message, patience);
            }
            return Receipt.imported(delivery.envelope(), created.id());
        }
    }

    /** A folder that its owner deleted meanwhile is looked up anew, once. */
    private Created createInFolder(Delivery delivery, GraphMessage message, MessageCreation creation, Patience patience)
            throws IOException, InterruptedException {
        try {
            return creation.create(delivery, folder(delivery, patience), message);
        } catch (GraphException e) {
            if (e.error().meaning() != Meaning.NOT_FOUND) {
                throw e;
            }
        }
        folders.forget(delivery.mailbox().id(), delivery.folder());
        return creation.create(delivery, folder(delivery, patience), message);
    }

    /** Whatever goes wrong here, nothing of the message was written. */
    private String folder(Delivery delivery, Patience patience) throws InterruptedException {
        try {
            String id = folders.findOrMake(delivery.mailbox().id(), delivery.folder());
            if (patience.isOver()) {
                throw ArchiveException.retry(
                        "looking up the archive's folder took so long that nothing was sent", null);
            }
            return id;
        } catch (GraphException e) {
            throw e.unwritten(clock);
        } catch (IOException e) {
            throw ArchiveException.retry("the archive's folder can't be looked up now: " + e.getMessage(), e);
        }
    }

    private static GraphMessage make(Delivery delivery, MessageFactory messages) {
        try {
            return messages.make(delivery);
        } catch (IOException e) {
            throw ArchiveException.retry("the staged email can't be read now", e);
        }
    }

    /**
     * Goes on with a message that an earlier call created. Every failure keeps its reference, but that it is gone: then it must
     * be looked for, and be written anew if it is nowhere.
     */
    private Receipt resume(Delivery delivery, MessagePlace place, Patience patience)
            throws IOException, InterruptedException {
        try {
            Optional<JsonNode> found = search.get(place);
            if (found.isPresent() && !MessageSearch.isForeign(found.get(), delivery)) {
                resume(delivery, place, found.get(), patience);
                return Receipt.imported(delivery.envelope(), place.id());
            }
        } catch (IncompleteDeliveryException e) {
            throw e;
        } catch (IOException | ArchiveException e) {
            throw completion.unread(place, e);
        }
        throw new IOException(
                "the message that was begun is gone, perhaps deleted by the mailbox's owner; it is looked for, "
                        + "and written anew if it isn't found");
    }

    /** What ended the run when the message was read back for the first time does so here, too. */
    private void resume(Delivery delivery, MessagePlace place, JsonNode found, Patience patience)
            throws IOException, InterruptedException {
        String key = ArchiveProperties.key(delivery);
        MessageForm form = MessageForm.of(found);
        try (GraphMessage message = make(delivery, writing.messages(form))) {
            boolean imported = form == MessageForm.MIME && MimeImport.takes(delivery);
            ReadBack.requireUnchanged(delivery, place, message, found, !imported);
            if (imported) {
                completion.markImported(
                        place, key, writing.messages().settings().read(), patience);
                ReadBack.requireUnchanged(
                        delivery, place, message, search.get(place).orElse(found), true);
            } else {
                completion.resume(place, key, form.complete(), message, patience);
            }
        }
    }
}
