// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.celltrustarchive.io.Sleeper;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.IncompleteDeliveryException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes half-written messages whole: adds the attachments that are missing, then sets the state. From here on something is in the
 * mailbox, so that every failure is an {@link IncompleteDeliveryException}. May be used by several threads at once.
 *
 * <p>An attachment whose answer was lost may be added late. Before a message that lacks attachments gets them, everything
 * that was sent for it has had the settle time to take effect, and its attachments are listed again.
 *
 * <p>Fact: <a
 * href="https://learn.microsoft.com/graph/api/singlevaluelegacyextendedproperty-post-singlevalueextendedproperties">set extended
 * properties of a message</a>.
 */
final class MessageCompletion {

    private static final int MAX_ROUNDS = 4;

    private final GraphCalls calls;
    private final AttachmentUpload upload;
    private final OpenWrites openWrites;
    private final Clock clock;
    private final Sleeper sleeper;

    MessageCompletion(GraphCalls calls, AttachmentUpload upload, OpenWrites openWrites, Clock clock, Sleeper sleeper) {
        this.calls = calls;
        this.upload = upload;
        this.openWrites = openWrites;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** For one call. */
    Patience patience() {
        return new Patience(clock, sleeper);
    }

    /** Attachments of {@code message} that the message in the mailbox lacks; empty if that can't be told any more. */
    Optional<List<GraphAttachment>> missing(MessagePlace place, GraphMessage message)
            throws IOException, InterruptedException {
        return AttachmentMatch.missing(message.attachments(), upload.list(place));
    }

    private List<GraphAttachment> surelyMissing(MessagePlace place, GraphMessage message)
            throws IOException, InterruptedException {
        return missing(place, message)
                .orElseThrow(() -> ArchiveException.hold(
                        "its attachments are not those that were written: somebody changed them. Delete the message from "
                                + "the mailbox and release the delivery",
                        null));
    }

    /** Marks what was created from the email itself, which bears no mark and is unread until then. */
    void markImported(MessagePlace place, String key, boolean read, Patience patience)
            throws IOException, InterruptedException {
        try {
            ObjectNode json = marks(key, MessageForm.MIME.complete());
            patch(place, json.put("isRead", read), patience);
        } catch (IOException | ArchiveException e) {
            throw incomplete(place, e);
        }
    }

    /** Finishes what this call has just created. */
    void finishNew(MessagePlace place, String key, String state, GraphMessage message, Patience patience)
            throws IOException, InterruptedException {
        openWrites.created(place);
        try {
            add(place, message, message.afterCreate(), patience);
            patch(place, marks(key, state), patience);
        } catch (IOException | ArchiveException e) {
            throw incomplete(place, e);
        }
    }

    /** Finishes what an earlier call created. */
    void resume(MessagePlace place, String key, String state, GraphMessage message, Patience patience)
            throws IOException, InterruptedException {
        try {
            List<GraphAttachment> toAdd = surelyMissing(place, message);
            if (!toAdd.isEmpty()) {
                add(place, message, missingWhenSettled(place, message, patience), patience);
            }
            patch(place, marks(key, state), patience);
        } catch (IOException | ArchiveException e) {
            throw incomplete(place, e);
        }
    }

    private void add(MessagePlace place, GraphMessage message, List<GraphAttachment> toAdd, Patience patience)
            throws IOException, InterruptedException {
        List<GraphAttachment> open = toAdd;
        for (int round = 1; !open.isEmpty(); round++) {
            try {
                for (int i = 0; i < open.size(); i++) {
                    if (patience.isOver()) {
                        throw ArchiveException.retry(
                                (open.size() - i) + " attachments are left for the next call", null);
                    }
                    upload.add(place, open.get(i), patience);
                }
                return;
            } catch (UploadLostException e) {
                if (round == MAX_ROUNDS) {
                    throw e;
                }
                if (e.maybeWhole()) {
                    openWrites.unanswered(place);
                }
                open = e.maybeWhole() ? missingWhenSettled(place, message, patience) : surelyMissing(place, message);
            }
        }
    }

    private List<GraphAttachment> missingWhenSettled(MessagePlace place, GraphMessage message, Patience patience)
            throws IOException, InterruptedException {
        Instant settled = openWrites.settledAt(place);
        while (clock.instant().isBefore(settled)) {
            if (!patience.waitUntil(settled)) {
                throw ArchiveException.retry(
                        "what was sent for it earlier has until " + settled + " to take effect", null);
            }
        }
        return surelyMissing(place, message);
    }

    private static ObjectNode marks(String key, String state) {
        Map<String, String> marks = new LinkedHashMap<>();
        marks.put(ArchiveProperties.KEY, key);
        marks.put(ArchiveProperties.STATE, state);
        return GraphJson.withProperties(marks);
    }

    private void patch(MessagePlace place, ObjectNode json, Patience patience)
            throws IOException, InterruptedException {
        byte[] body = GraphJson.bytes(json);
        GraphCalls.Answer answer =
                patience.callNewMessage(calls, GraphRequest.patch(place.path(), body, place.mailbox()));
        MessageSearch.itself(place, answer);
    }

    /** What is in the mailbox stays and is resumed; the remedy is the failure's own. */
    IncompleteDeliveryException incomplete(MessagePlace place, Exception failure) {
        boolean answered = failure instanceof ArchiveException
                || (failure instanceof GraphException refused && refused.error().certainlyNotDone());
        if (!answered) {
            openWrites.unanswered(place);
        }
        return incomplete(place, "the message is in the mailbox, but not whole: ", failure);
    }

    /** It couldn't be looked at; nothing was sent. */
    IncompleteDeliveryException unread(MessagePlace place, Exception failure) {
        return incomplete(place, "the message is in the mailbox, but perhaps not whole: ", failure);
    }

    private IncompleteDeliveryException incomplete(MessagePlace place, String text, Exception failure) {
        ArchiveException known = known(failure);
        return new IncompleteDeliveryException(
                place.id(), known.remedy(), known.notBefore().orElse(null), text + failure.getMessage(), failure);
    }

    private ArchiveException known(Exception failure) {
        if (failure instanceof ArchiveException known) {
            return known;
        }
        return failure instanceof GraphException refused
                ? refused.unwritten(clock)
                : ArchiveException.retry(String.valueOf(failure.getMessage()), failure);
    }
}
