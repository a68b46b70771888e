// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;

/**
 * Creates messages from JSON: text, recipients, extended properties and small attachments in one request, which is done
 * wholly or not at all.
 *
 * <p>Fact: <a href="https://learn.microsoft.com/graph/api/mailfolder-post-messages">create message in a folder</a>.
 */
final class JsonCreation implements MessageCreation {

    private static final int CREATED = 201;

    private final GraphCalls calls;
    private final MessageForm form;

    JsonCreation(GraphCalls calls, MessageForm form) {
        this.calls = calls;
        this.form = form;
    }

    @Override
    public Created create(Delivery delivery, String folderId, GraphMessage message)
            throws IOException, InterruptedException {
        String mailbox = delivery.mailbox().id();
        String path = MessagePlace.mailboxPath(mailbox) + "/mailFolders/" + GraphRequest.encode(folderId) + "/messages";
        GraphCalls.Answer answer = calls.call(GraphRequest.post(path, json(message), mailbox));
        return new Created(idOf(answer), form);
    }

    private byte[] json(GraphMessage message) {
        try {
            ObjectNode json = message.createRequest();
            form.mark(json);
            return GraphJson.bytes(json);
        } catch (IOException e) {
            throw ArchiveException.retry("the staged email can't be read now", e);
        }
    }

    /** Success is 201 with an id and nothing less: Graph is known to answer 200 and to have done nothing. */
    static String idOf(GraphCalls.Answer answer) throws IOException {
        JsonNode id = answer.body().path("id");
        if (answer.status() != CREATED || !id.isTextual() || id.asText().isEmpty()) {
            throw new IOException("Microsoft Graph answered " + answer.status() + " without a message");
        }
        return id.asText();
    }
}
