// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/**
 * An email as Microsoft Graph takes it: the JSON that creates the message, and its attachments. The first ones go into the
 * request that creates it, as far as the inline budget reaches; the rest follows, in order. Closing frees the email, and no attachment
 * can be read afterwards.
 */
final class GraphMessage implements AutoCloseable {

    private final EmlMessage eml;
    private final ObjectNode json;
    private final List<GraphAttachment> attachments;
    private final int inCreate;
    private final boolean originalAttached;

    GraphMessage(
            EmlMessage eml,
            ObjectNode json,
            List<GraphAttachment> attachments,
            int inCreate,
            boolean originalAttached) {
        this.eml = eml;
        this.json = json;
        this.attachments = List.copyOf(attachments);
        this.inCreate = inCreate;
        this.originalAttached = originalAttached;
    }

    /** The body of the request without attachments; a copy. */
    ObjectNode json() {
        return json.deepCopy();
    }

    /**
     * {@link #json()} with the attachments that go into it; under 4 MB.
     *
     * @throws IOException if an attachment can't be read now
     */
    ObjectNode createRequest() throws IOException {
        ObjectNode request = json();
        if (inCreate > 0) {
            ArrayNode list = request.putArray("attachments");
            for (GraphAttachment attachment : inCreate()) {
                list.add(attachment.toFileAttachment());
            }
        }
        return request;
    }

    /** All, in the order in which they are written: {@link #inCreate()}, then {@link #afterCreate()}. */
    List<GraphAttachment> attachments() {
        return attachments;
    }

    /** Those that {@link #createRequest()} has. */
    List<GraphAttachment> inCreate() {
        return attachments.subList(0, inCreate);
    }

    /** Those that have to be uploaded once the message is there. Not empty means the message is created as partial. */
    List<GraphAttachment> afterCreate() {
        return attachments.subList(inCreate, attachments.size());
    }

    /** How many raw bytes {@link #inCreate()} have together. */
    long inlineBytes() {
        return inCreate().stream().mapToLong(GraphAttachment::size).sum();
    }

    /** Whether one of the attachments is the email itself. */
    boolean originalAttached() {
        return originalAttached;
    }

    @Override
    public void close() throws IOException {
        eml.close();
    }

    @Override
    public String toString() {
        return "GraphMessage[" + attachments.size() + " attachments]";
    }
}
