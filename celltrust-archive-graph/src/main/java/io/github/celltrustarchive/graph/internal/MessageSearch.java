// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.celltrustarchive.graph.internal.GraphError.Meaning;
import io.github.celltrustarchive.model.Delivery;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for a message by its archive key and, if that finds none, by its Message-ID: in the archive's folder first, then in
 * the whole mailbox, Deleted Items included, because its owner may have moved it.
 *
 * <p>A Message-ID is no proof. What has another archive key is another message; outside the archive's folder only a
 * Message-ID counts that was made of the item's key, for an email that passes through may be in the mailbox in its own right.
 *
 * <p>Facts: <a href="https://learn.microsoft.com/graph/api/user-list-messages">list messages</a>, <a
 * href="https://learn.microsoft.com/graph/api/singlevaluelegacyextendedproperty-get">filter by extended property</a>.
 */
final class MessageSearch {

    private static final int ID_DIGITS = 40;

    private final GraphCalls calls;
    private final ArchiveFolders folders;

    MessageSearch(GraphCalls calls, ArchiveFolders folders) {
        this.calls = calls;
        this.folders = folders;
    }

    /** The immutable ids of all that are found. */
    List<String> find(Delivery delivery) throws IOException, InterruptedException {
        String mailbox = delivery.mailbox().id();
        String wholeMailbox = MessagePlace.mailboxPath(mailbox);
        Optional<String> folder = folders.find(mailbox, delivery.folder())
                .map(id -> wholeMailbox + "/mailFolders/" + GraphRequest.encode(id));
        String byKey = GraphJson.filter(ArchiveProperties.KEY, ArchiveProperties.key(delivery));
        Set<String> ids = inFolder(delivery, folder, byKey);
        if (ids.isEmpty()) {
            ids = list(mailbox, wholeMailbox, byKey);
        }
        String messageId = delivery.envelope().messageId();
        if (ids.isEmpty() && messageId != null) {
            String byMessageId =
                    "$filter=" + GraphRequest.encode("internetMessageId eq " + GraphRequest.literal(messageId));
            ids = inFolder(delivery, folder, byMessageId);
            if (ids.isEmpty() && isMadeOfKey(messageId, delivery)) {
                ids = list(mailbox, wholeMailbox, byMessageId);
            }
            ids = withoutForeign(delivery, ids);
        }
        return List.copyOf(ids);
    }

    /**
     * A message with its archive key and state.
     *
     * @return empty if it isn't there
     */
    Optional<JsonNode> get(MessagePlace place) throws IOException, InterruptedException {
        try {
            return Optional.of(itself(place, calls.call(marks(place))));
        } catch (GraphException e) {
            if (e.error().meaning() == Meaning.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The message that was asked for: an answer without one says nothing about its marks. */
    static JsonNode itself(MessagePlace place, GraphCalls.Answer answer) throws IOException {
        if (!place.id().equals(answer.body().path("id").asText(""))) {
            throw new IOException("Microsoft Graph answered " + answer.status() + " without the message");
        }
        return answer.body();
    }

    /** Without {@code $select}, which is seen to drop fields beside this {@code $expand}. */
    static GraphRequest marks(MessagePlace place) {
        return GraphRequest.get(
                place.path() + "?" + GraphJson.expand(ArchiveProperties.KEY, ArchiveProperties.STATE), place.mailbox());
    }

    /** Whether a message bears another archive key than the delivery's. */
    static boolean isForeign(JsonNode message, Delivery delivery) {
        return GraphJson.property(message, ArchiveProperties.KEY)
                .filter(key -> !key.equalsIgnoreCase(ArchiveProperties.key(delivery)))
                .isPresent();
    }

    private static boolean isMadeOfKey(String messageId, Delivery delivery) {
        return messageId.startsWith("<" + delivery.envelope().key().hex().substring(0, ID_DIGITS) + "@");
    }

    private Set<String> inFolder(Delivery delivery, Optional<String> folder, String filter)
            throws IOException, InterruptedException {
        if (folder.isEmpty()) {
            return Set.of();
        }
        try {
            return list(delivery.mailbox().id(), folder.get(), filter);
        } catch (GraphException e) {
            if (e.error().meaning() == Meaning.NOT_FOUND) {
                folders.forget(delivery.mailbox().id(), delivery.folder());
                return Set.of();
            }
            throw e;
        }
    }

    private Set<String> list(String mailbox, String where, String filter) throws IOException, InterruptedException {
        Set<String> ids = new LinkedHashSet<>();
        for (JsonNode message : GraphPages.all(calls, where + "/messages?" + filter + "&$select=id", mailbox)) {
            String id = message.path("id").asText("");
            if (id.isEmpty()) {
                throw new IOException("Microsoft Graph answered with a message without an id");
            }
            ids.add(id);
        }
        return ids;
    }

    private Set<String> withoutForeign(Delivery delivery, Set<String> ids) throws IOException, InterruptedException {
        Set<String> ours = new LinkedHashSet<>();
        for (String id : ids) {
            Optional<JsonNode> message = get(new MessagePlace(delivery.mailbox().id(), id));
            if (message.isPresent() && !isForeign(message.get(), delivery)) {
                ours.add(id);
            }
        }
        return ours;
    }
}
