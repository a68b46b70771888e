// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mailbox;

import io.github.celltrustarchive.model.DeliveryKey;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Folders that were made or seen, each with the deliveries known to lie there, so that a large folder is listed once and not
 * for every message. Bounded: the least recently used go first. A key is remembered by its first 8 bytes: an answer "no" is
 * certain, a "maybe" is looked up.
 */
final class KnownFolders {

    private final int maxFolders;
    private final int maxKeys;
    private final Map<Path, Known> folders = new LinkedHashMap<>(16, 0.75f, true);
    private int keys;

    KnownFolders(int maxFolders, int maxKeys) {
        this.maxFolders = maxFolders;
        this.maxKeys = maxKeys;
    }

    synchronized boolean contains(Path folder) {
        return folders.containsKey(folder);
    }

    /** Whether a delivery may lie in a folder; true where that isn't known. */
    synchronized boolean mayHold(Path folder, DeliveryKey key) {
        Known known = folders.get(folder);
        return known == null || !known.complete() || known.keys().contains(prefix(key));
    }

    /** These deliveries lie in this folder. If they are too many, only the folder is remembered. */
    synchronized void put(Path folder, Collection<DeliveryKey> deliveries) {
        forget(folder);
        Set<Long> prefixes = new HashSet<>();
        boolean complete = deliveries.size() <= maxKeys;
        if (complete) {
            deliveries.forEach(key -> prefixes.add(prefix(key)));
        }
        folders.put(folder, new Known(prefixes, complete));
        keys += prefixes.size();
        shrink();
    }

    synchronized void add(Path folder, DeliveryKey key) {
        Known known = folders.get(folder);
        if (known != null && known.complete() && known.keys().add(prefix(key))) {
            keys++;
            shrink();
        }
    }

    synchronized void forget(Path folder) {
        Known known = folders.remove(folder);
        keys -= known == null ? 0 : known.keys().size();
    }

    private void shrink() {
        Iterator<Known> eldest = folders.values().iterator();
        while (eldest.hasNext() && (folders.size() > maxFolders || keys > maxKeys)) {
            keys -= eldest.next().keys().size();
            eldest.remove();
        }
    }

    private static long prefix(DeliveryKey key) {
        return ByteBuffer.wrap(key.bytes()).getLong();
    }

    /** What is known of a folder: all its keys, or only that it is there. */
    private record Known(Set<Long> keys, boolean complete) {}
}
