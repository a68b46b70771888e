// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The folder that a mailbox's messages go into. Its id is kept for a day and looked at again every ten minutes, because its owner may
 * rename, move or delete it:
 *
 * <ul>
 *   <li>renamed, or moved to where it can be seen: it stays the archive's folder;
 *   <li>in Deleted Items, below it, or beyond the mailbox's visible folders: it isn't any more;
 *   <li>by a process that doesn't know its id it is found by its path; else by the mark that it got when it was made, among
 *       the folders beside its place and at the top of the mailbox; else it is made anew.
 * </ul>
 *
 * <p>May be used by several threads at once.
 */
final class ArchiveFolders {

    private static final int MAX_KNOWN = 10_000;
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration LOOKED_AT = Duration.ofMinutes(10);

    private final FolderTree tree;
    private final Clock clock;
    private final ExpiringCache<Place, Known> known;

    private record Place(String mailbox, String path) {
        @Override
        public String toString() {
            return "Place";
        }
    }

    private record Known(String id, Instant lookedAt) {}

    ArchiveFolders(FolderTree tree, Clock clock) {
        this.tree = tree;
        this.clock = clock;
        this.known = new ExpiringCache<>(MAX_KNOWN, clock);
    }

    /** The folder's id; made if there is none. */
    String findOrMake(String mailbox, String path) throws IOException, InterruptedException {
        return resolve(mailbox, path, true).orElseThrow(() -> new IOException("a folder that was made is missing"));
    }

    /** The folder's id, or empty if there is none. Makes nothing. */
    Optional<String> find(String mailbox, String path) throws IOException, InterruptedException {
        return resolve(mailbox, path, false);
    }

    /** It was not found by its id. */
    void forget(String mailbox, String path) {
        known.remove(new Place(mailbox, path));
    }

    private Optional<String> resolve(String mailbox, String path, boolean make)
            throws IOException, InterruptedException {
        Place place = new Place(mailbox, path);
        Instant now = clock.instant();
        Optional<Known> before = known.get(place);
        if (before.isPresent()) {
            Known folder = before.get();
            boolean fresh = now.isBefore(folder.lookedAt().plus(LOOKED_AT));
            if (fresh || tree.isVisible(mailbox, folder.id())) {
                if (!fresh) {
                    known.put(place, new Known(folder.id(), now), KEPT);
                }
                return Optional.of(folder.id());
            }
            known.remove(place);
        }
        Optional<String> id = walk(mailbox, path, make);
        id.ifPresent(found -> known.put(place, new Known(found, now), KEPT));
        return id;
    }

    private Optional<String> walk(String mailbox, String path, boolean make) throws IOException, InterruptedException {
        List<String> names = List.of(path.split("/", -1));
        boolean inInbox = names.get(0).equalsIgnoreCase(FolderTree.INBOX);
        String at = inInbox ? FolderTree.INBOX : FolderTree.ROOT;
        List<String> below = inInbox ? names.subList(1, names.size()) : names;
        if (below.isEmpty()) {
            return tree.get(mailbox, at).map(folder -> folder.path("id").asText());
        }
        String mark = "folder:" + path;
        for (int i = 0; i < below.size(); i++) {
            boolean last = i == below.size() - 1;
            String parent = at;
            Optional<String> next = tree.child(mailbox, parent, below.get(i));
            if (next.isEmpty() && last) {
                next = tree.marked(mailbox, parent, mark);
            }
            if (next.isEmpty() && make) {
                next = Optional.of(tree.make(mailbox, parent, below.get(i), last ? mark : ""));
            }
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
        }
        return Optional.of(at);
    }

    /** The id of an entry, or an error where there should be one. */
    static String id(JsonNode entry) throws IOException {
        String id = entry.path("id").asText("");
        if (id.isEmpty()) {
            throw new IOException("Microsoft Graph answered with a folder without an id");
        }
        return id;
    }
}
