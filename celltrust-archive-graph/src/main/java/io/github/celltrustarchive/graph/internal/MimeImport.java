// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;

/**
 * Creates messages from the email itself, byte for byte, with an action that is in beta. It marks no message: archive key and
 * state are set afterwards, and in between a message is found by its Message-ID only. So a message without one, and one that
 * doesn't fit into a request, is created from JSON.
 *
 * <p>Fact: <a href="https://learn.microsoft.com/graph/api/mailfolder-importmime?view=graph-rest-beta">mailFolder:
 * importMime</a>; permission {@code Mail-Advanced.ReadWrite.All}. What it makes of the received time isn't documented.
 */
final class MimeImport implements MessageCreation {

    /** Its base64 is a little below the 4 MB that a request may have. */
    private static final long MAX_BYTES = 2_900_000;

    private final GraphCalls calls;
    private final MessageCreation others;

    MimeImport(GraphCalls calls, MessageCreation others) {
        this.calls = calls;
        this.others = others;
    }

    /** Whether a message can be created so: it can be found without its key, and fits. */
    static boolean takes(Delivery delivery) {
        return delivery.envelope().messageId() != null && delivery.eml().size() <= MAX_BYTES;
    }

    @Override
    public Created create(Delivery delivery, String folderId, GraphMessage message)
            throws IOException, InterruptedException {
        if (!takes(delivery)) {
            return others.create(delivery, folderId, message);
        }
        String mailbox = delivery.mailbox().id();
        String path =
                MessagePlace.mailboxPath(mailbox) + "/mailFolders/" + GraphRequest.encode(folderId) + "/importMime";
        GraphRequest request = GraphRequest.post(path, base64(delivery), mailbox)
                .withHeader("Content-Type", "text/plain")
                .beta();
        return new Created(JsonCreation.idOf(calls.call(request)), MessageForm.MIME);
    }

    private static byte[] base64(Delivery delivery) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (InputStream eml = delivery.eml().open();
                OutputStream base64 = Base64.getEncoder().wrap(encoded)) {
            eml.transferTo(base64);
        } catch (IOException e) {
            throw ArchiveException.retry("the staged email can't be read now", e);
        }
        return encoded.toByteArray();
    }
}
