// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.celltrustarchive.graph.internal.GraphError.Meaning;
import io.github.celltrustarchive.io.Sleeper;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folders of mailboxes.
 *
 * <p>Facts: <a href="https://learn.microsoft.com/graph/api/resources/mailfolder">mailFolder</a> (well-known names, which don't
 * depend on the mailbox's language), <a href="https://learn.microsoft.com/graph/api/mailfolder-list-childfolders">list
 * childFolders</a> (ten a page; hidden ones only when asked for), <a
 * href="https://learn.microsoft.com/graph/api/mailfolder-post-childfolders">create child folder</a>. Exchange keeps no two
 * folders of one name below one parent, and doesn't tell upper case from lower case in it.
 */
final class FolderTree {

    static final String INBOX = "inbox";
    static final String ROOT = "msgfolderroot";

    private static final String DELETED_ITEMS = "deleteditems";
    private static final String SELECT = "&$select=id,displayName,parentFolderId&$top=100";
    private static final int MAX_DEPTH = 100;
    private static final int TRIES = 3;

    private final GraphCalls calls;
    private final Sleeper sleeper;

    FolderTree(GraphCalls calls, Sleeper sleeper) {
        this.calls = calls;
        this.sleeper = sleeper;
    }

    /** A folder by its id or well-known name; empty if there is none. */
    Optional<JsonNode> get(String mailbox, String idOrName) throws IOException, InterruptedException {
        try {
            String query = path(mailbox, idOrName) + "?$select=id,displayName,parentFolderId";
            JsonNode folder = calls.call(GraphRequest.get(query, mailbox)).body();
            ArchiveFolders.id(folder); // an answer without one is none
            return Optional.of(folder);
        } catch (GraphException e) {
            if (e.error().meaning() == Meaning.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The folder of this name below a parent; empty if there is none. */
    Optional<String> child(String mailbox, String parent, String name) throws IOException, InterruptedException {
        String filter = "?$filter=" + GraphRequest.encode("displayName eq " + GraphRequest.literal(name));
        return named(list(mailbox, parent, filter + SELECT), name);
    }

    /** The folder that bears this mark, below a parent or at the top of the mailbox; empty if there is none. */
    Optional<String> marked(String mailbox, String parent, String mark) throws IOException, InterruptedException {
        List<String> places = parent.equals(ROOT) ? List.of(ROOT) : List.of(parent, ROOT);
        String query = "?" + GraphJson.filter(ArchiveProperties.KEY, mark) + SELECT;
        for (String place : places) {
            try {
                List<JsonNode> found = list(mailbox, place, query);
                if (!found.isEmpty()) {
                    return Optional.of(ArchiveFolders.id(found.get(0)));
                }
            } catch (GraphException e) {
                if (e.error().meaning() != Meaning.BAD_REQUEST) {
                    throw e;
                }
                // this filter is documented for mailFolders, not for childFolders: marks are a help, no more
            }
        }
        return Optional.empty();
    }

    /**
     * Makes a folder, or finds the one that somebody else makes at the same time. After an answer that leaves it open whether
     * it was made it is looked for before it is made again.
     *
     * @param mark what it is recognised by after it was renamed, or empty for none
     * @throws GraphException if Graph refuses it
     * @throws ArchiveException with remedy {@code RETRY} if it can neither be made nor found now
     */
    String make(String mailbox, String parent, String name, String mark) throws IOException, InterruptedException {
        ObjectNode json = GraphJson.withProperties(mark.isEmpty() ? Map.of() : Map.of(ArchiveProperties.KEY, mark));
        json.put("displayName", name);
        byte[] body = GraphJson.bytes(json);
        @Nullable IOException failure = null;
        for (int tried = 1; tried <= TRIES; tried++) {
            try {
                GraphCalls.Answer answer =
                        calls.call(GraphRequest.post(path(mailbox, parent) + "/childFolders", body, mailbox));
                if (answer.status() == 201) {
                    return ArchiveFolders.id(answer.body());
                }
            } catch (GraphException e) {
                Meaning meaning = e.error().meaning();
                if (meaning != Meaning.CONFLICT && meaning != Meaning.TRANSIENT) {
                    throw e;
                }
                failure = e;
            } catch (IOException e) {
                failure = e;
            }
            Optional<String> there = childHiddenToo(mailbox, parent, name);
            if (there.isPresent()) {
                return there.get();
            }
            sleeper.sleep(Patience.backoff(tried));
        }
        throw ArchiveException.retry("the archive's folder can neither be made nor found now", failure);
    }

    /** Whether a folder is below the top of the mailbox and not below Deleted Items. */
    boolean isVisible(String mailbox, String id) throws IOException, InterruptedException {
        String root = wellKnown(mailbox, ROOT);
        String deleted = wellKnown(mailbox, DELETED_ITEMS);
        String at = id;
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            if (at.equals(root)) {
                return true;
            }
            Optional<JsonNode> folder = at.equals(deleted) ? Optional.empty() : get(mailbox, at);
            at = folder.map(f -> f.path("parentFolderId").asText("")).orElse("");
            if (at.isEmpty()) {
                return false;
            }
        }
        return false;
    }

    private String wellKnown(String mailbox, String name) throws IOException, InterruptedException {
        Optional<JsonNode> folder = get(mailbox, name);
        return folder.isPresent() ? ArchiveFolders.id(folder.get()) : "";
    }

    private Optional<String> childHiddenToo(String mailbox, String parent, String name)
            throws IOException, InterruptedException {
        Optional<String> plain = child(mailbox, parent, name);
        return plain.isPresent() ? plain : named(list(mailbox, parent, "?includeHiddenFolders=true" + SELECT), name);
    }

    private List<JsonNode> list(String mailbox, String parent, String query) throws IOException, InterruptedException {
        return GraphPages.all(calls, path(mailbox, parent) + "/childFolders" + query, mailbox);
    }

    private static Optional<String> named(List<JsonNode> folders, String name) throws IOException {
        List<String> ids = new ArrayList<>();
        for (JsonNode folder : folders) {
            String displayName = folder.path("displayName").asText("");
            if (displayName.equals(name)) {
                return Optional.of(ArchiveFolders.id(folder));
            }
            if (displayName.equalsIgnoreCase(name)) {
                ids.add(ArchiveFolders.id(folder));
            }
        }
        return ids.stream().sorted().findFirst();
    }

    private static String path(String mailbox, String folder) {
        return MessagePlace.mailboxPath(mailbox) + "/mailFolders/" + GraphRequest.encode(folder);
    }
}
