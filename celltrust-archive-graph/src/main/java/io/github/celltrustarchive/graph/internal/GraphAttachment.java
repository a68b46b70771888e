// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.celltrustarchive.model.Content;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file attachment of a message. Lives as long as its {@link GraphMessage} is open; its content may be opened again and again.
 *
 * @param ordinal its place among the message's attachments, from 0, in the order in which they are written
 * @param name what the file is called; 1 to 255 characters that a person can save a file under; other attachments may have
 *     the same
 * @param contentType {@code token/token}
 * @param contentId without angle brackets, or null
 * @param inline whether the body shows it
 * @param content its decoded bytes, exact in size
 */
record GraphAttachment(
        int ordinal,
        String name,
        String contentType,
        @Nullable String contentId,
        boolean inline,
        Content content) {

    /** From this size on only an upload session takes it (Microsoft Graph, attachment: createUploadSession). */
    static final int SESSION_SIZE = 3 * 1024 * 1024;

    /** How many bytes {@link #open()} delivers. */
    long size() {
        return content.size();
    }

    /** A new stream of the decoded bytes; the caller closes it. */
    InputStream open() throws IOException {
        return content.open();
    }

    /** The same at another place. */
    GraphAttachment at(int place) {
        return new GraphAttachment(place, name, contentType, contentId, inline, content);
    }

    /**
     * A {@code fileAttachment} with its bytes, for a request of its own or for the request that creates the message.
     *
     * @throws IllegalStateException if it has {@value #SESSION_SIZE} bytes or more
     * @throws IOException if its bytes can't be read now
     */
    ObjectNode toFileAttachment() throws IOException {
        if (size() >= SESSION_SIZE) {
            throw new IllegalStateException("an attachment of " + size() + " bytes wants an upload session");
        }
        byte[] bytes;
        try (InputStream in = open()) {
            bytes = in.readNBytes(SESSION_SIZE);
        }
        if (bytes.length != size()) {
            throw new IOException("attachment had " + size() + " bytes and now has " + bytes.length);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("@odata.type", "#microsoft.graph.fileAttachment");
        describe(json);
        return json.put("contentBytes", bytes);
    }

    /** An {@code attachmentItem}, which asks for an upload session. */
    ObjectNode toAttachmentItem() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("attachmentType", "file").put("size", size());
        describe(json);
        return json;
    }

    private void describe(ObjectNode json) {
        json.put("name", name).put("contentType", contentType).put("isInline", inline);
        if (contentId != null) {
            json.put("contentId", contentId);
        }
    }

    /** Shows no name. */
    @Override
    public String toString() {
        return "GraphAttachment[" + ordinal + ", " + size() + " bytes]";
    }
}
