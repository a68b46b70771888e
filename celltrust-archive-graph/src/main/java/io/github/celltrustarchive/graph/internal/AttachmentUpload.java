// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.celltrustarchive.graph.MicrosoftCloud;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Adds attachments to a message that is there. Below 3,000,000 bytes by a request of its own; from there on by an upload
 * session, and where Graph finds it too small for one, by a request of its own after all (the documentation says "3 MB" and
 * doesn't say which). A session that a call leaves open, because it takes too long or breaks, is kept in memory, and the next call goes
 * on with it; another process begins anew. May be used by several threads at once.
 *
 * <p>Facts: <a href="https://learn.microsoft.com/graph/api/message-post-attachments">add attachment</a>, <a
 * href="https://learn.microsoft.com/graph/api/attachment-createuploadsession">createUploadSession</a>, <a
 * href="https://learn.microsoft.com/graph/api/message-list-attachments">list attachments</a>.
 */
final class AttachmentUpload {

    /** Larger ones go by upload session. */
    static final int MAX_SINGLE = 2_999_999;

    private static final int CREATED = 201;
    private static final int LIST_PAGE = 50;
    private static final int MAX_SESSIONS = 1_000;
    private static final Duration SESSION_KEPT = Duration.ofDays(1); // Graph ends it earlier

    private final GraphCalls calls;
    private final UploadAddress addresses;
    private final ExpiringCache<String, URI> sessions;

    AttachmentUpload(GraphCalls calls, MicrosoftCloud cloud, Clock clock) {
        this.calls = calls;
        this.addresses = new UploadAddress(cloud);
        this.sessions = new ExpiringCache<>(MAX_SESSIONS, clock);
    }

    /** The attachments that the message has. */
    List<AttachmentMatch.Listed> list(MessagePlace place) throws IOException, InterruptedException {
        List<AttachmentMatch.Listed> listed = new ArrayList<>();
        String query = place.path() + "/attachments?$select=id,name,size&$top=" + LIST_PAGE;
        for (JsonNode attachment : GraphPages.all(calls, query, place.mailbox())) {
            listed.add(new AttachmentMatch.Listed(
                    attachment.path("name").asText(""), attachment.path("size").asLong()));
        }
        return listed;
    }

    /**
     * Adds one.
     *
     * @throws UploadLostException if its session ended before it was whole, or so it seems
     * @throws GraphException if Graph refuses it
     * @throws ArchiveException if Graph can't be reached, or the rest is for the next call
     * @throws IOException if it isn't known whether it is there
     */
    void add(MessagePlace place, GraphAttachment attachment, Patience patience)
            throws IOException, InterruptedException {
        if (attachment.size() <= MAX_SINGLE) {
            addAtOnce(place, attachment, patience);
            return;
        }
        String name = place.id() + "/" + attachment.ordinal();
        Optional<URI> kept = sessions.get(name);
        try {
            if (kept.isPresent()) {
                new UploadSession(calls, patience, place.mailbox(), kept.get(), attachment).resume();
            } else {
                addInChunks(place, attachment, patience, name);
            }
            sessions.remove(name);
        } catch (UploadLostException e) {
            sessions.remove(name);
            throw e;
        }
    }

    private void addInChunks(MessagePlace place, GraphAttachment attachment, Patience patience, String name)
            throws IOException, InterruptedException {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        item.set("AttachmentItem", attachment.toAttachmentItem());
        GraphRequest request = GraphRequest.post(
                place.path() + "/attachments/createUploadSession", GraphJson.bytes(item), place.mailbox());
        GraphCalls.Answer opened;
        try {
            opened = patience.callNewMessage(calls, request);
        } catch (GraphException e) {
            boolean fits = attachment.size() < GraphAttachment.SESSION_SIZE;
            if (!fits || e.error().meaning() != GraphError.Meaning.TOO_SMALL_FOR_SESSION) {
                throw e;
            }
            addAtOnce(place, attachment, patience);
            return;
        }
        URI address = addresses.allowed(opened.body().path("uploadUrl").asText(""));
        sessions.put(name, address, SESSION_KEPT);
        new UploadSession(calls, patience, place.mailbox(), address, attachment)
                .send(NextRange.start(opened.body()).orElse(0));
    }

    private void addAtOnce(MessagePlace place, GraphAttachment attachment, Patience patience)
            throws IOException, InterruptedException {
        byte[] json = GraphJson.bytes(attachment.toFileAttachment());
        GraphCalls.Answer answer =
                patience.callNewMessage(calls, GraphRequest.post(place.path() + "/attachments", json, place.mailbox()));
        if (answer.status() != CREATED || answer.body().path("id").asText("").isEmpty()) {
            throw new IOException("Microsoft Graph answered " + answer.status() + " without an attachment");
        }
    }
}
