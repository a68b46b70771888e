// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.celltrustarchive.graph.internal.GraphError.Meaning;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Removes what the probe has written, and nothing else: messages with its key, and its folder if nothing else is in it.
 *
 * <p>Facts: <a href="https://learn.microsoft.com/graph/api/message-permanentdelete">message: permanentDelete</a>, <a
 * href="https://learn.microsoft.com/graph/api/mailfolder-permanentdelete">mailFolder: permanentDelete</a> (not in the cloud of
 * 21Vianet).
 */
final class ProbeRemoval {

    private final GraphCalls calls;
    private final ArchiveFolders folders;
    private final MessageSearch search;

    ProbeRemoval(GraphCalls calls, ArchiveFolders folders, MessageSearch search) {
        this.calls = calls;
        this.folders = folders;
        this.search = search;
    }

    /**
     * Removes it.
     *
     * @param known the message's id, if it is known
     * @return what is left, and where
     */
    List<String> remove(Delivery delivery, Optional<String> known) throws InterruptedException {
        List<String> left = new ArrayList<>();
        String mailbox = delivery.mailbox().id();
        try {
            Set<String> ids = new LinkedHashSet<>(search.find(delivery));
            known.ifPresent(ids::add);
            for (String id : ids) {
                String path = new MessagePlace(mailbox, id).path();
                if (!remove(path, mailbox)) {
                    left.add("the message is in Deleted Items: delete it there");
                }
            }
        } catch (IOException | ArchiveException e) {
            left.add("perhaps the message, in " + delivery.folder() + ": delete it there (" + e.getMessage() + ")");
        }
        try {
            removeFolder(delivery, left);
        } catch (IOException | ArchiveException e) {
            left.add("the folder " + delivery.folder() + ": delete it (" + e.getMessage() + ")");
        }
        return left;
    }

    private void removeFolder(Delivery delivery, List<String> left) throws IOException, InterruptedException {
        String mailbox = delivery.mailbox().id();
        folders.forget(mailbox, delivery.folder());
        Optional<String> id = folders.find(mailbox, delivery.folder());
        if (id.isEmpty()) {
            return;
        }
        String path = MessagePlace.mailboxPath(mailbox) + "/mailFolders/" + GraphRequest.encode(id.get());
        JsonNode folder = calls.call(GraphRequest.get(path + "?$select=totalItemCount,childFolderCount", mailbox))
                .body();
        if (folder.path("totalItemCount").asInt(1) != 0
                || folder.path("childFolderCount").asInt(1) != 0) {
            left.add("the folder " + delivery.folder() + ": something else is in it");
            return;
        }
        if (!remove(path, mailbox)) {
            left.add("the folder is in Deleted Items: delete it there");
        }
        folders.forget(mailbox, delivery.folder());
    }

    /**
     * Permanently if that is allowed.
     *
     * @return false if it went to Deleted Items
     */
    private boolean remove(String path, String mailbox) throws IOException, InterruptedException {
        try {
            calls.call(request("POST", path + "/permanentDelete", mailbox));
            return true;
        } catch (GraphException e) {
            if (e.error().meaning() == Meaning.NOT_FOUND && isGone(path, mailbox)) {
                return true;
            }
            if (e.error().meaning() == Meaning.THROTTLED) {
                throw e;
            }
        }
        calls.call(request("DELETE", path, mailbox));
        return isGone(path, mailbox);
    }

    private boolean isGone(String path, String mailbox) throws IOException, InterruptedException {
        try {
            calls.call(GraphRequest.get(path + "?$select=id", mailbox));
            return false;
        } catch (GraphException e) {
            if (e.error().meaning() == Meaning.NOT_FOUND) {
                return true;
            }
            throw e;
        }
    }

    private static GraphRequest request(String method, String path, String mailbox) {
        return new GraphRequest(method, "v1.0", path, BodyPublishers.noBody(), Map.of(), mailbox);
    }
}
