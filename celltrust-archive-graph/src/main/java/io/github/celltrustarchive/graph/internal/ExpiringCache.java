// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps answers for a while, at most so many, the longest unused going first.
 *
 * @param <K> what was asked
 * @param <V> the answer
 */
final class ExpiringCache<K, V> {

    private final Clock clock;
    private final Map<K, Kept<V>> entries;

    private record Kept<V>(V value, Instant until) {}

    ExpiringCache(int max, Clock clock) {
        this.clock = clock;
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Kept<V>> eldest) {
                return size() > max;
            }
        };
    }

    synchronized Optional<V> get(K key) {
        Kept<V> entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (!clock.instant().isBefore(entry.until())) {
            entries.remove(key);
            return Optional.empty();
        }
        return Optional.of(entry.value());
    }

    synchronized void put(K key, V value, Duration lifetime) {
        entries.put(key, new Kept<>(value, clock.instant().plus(lifetime)));
    }

    synchronized void remove(K key) {
        entries.remove(key);
    }
}
