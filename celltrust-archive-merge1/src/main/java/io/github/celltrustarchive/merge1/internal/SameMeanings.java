// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices emails that become one item because they mean the same, although their Message-IDs differ: exported again under new ids,
 * or two messages that are alike to the second. Nobody can tell these apart from the emails themselves, so it is said aloud.
 *
 * <p>Remembers the meanings that came last, each as 64 bits, and what it has counted isn't counted again when it is read again.
 * Thread-safe.
 */
final class SameMeanings {

    /** About 2 MB. */
    static final int REMEMBERED = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(SameMeanings.class);
    private static final int MAX_IDS = 100;

    private final Map<Long, long[]> idsByMeaning;
    private long count;

    SameMeanings(int remembered) {
        idsByMeaning = new LinkedHashMap<>(16, 0.75F, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, long[]> eldest) {
                return size() > remembered;
            }
        };
    }

    /**
     * An email whose meaning is its identity.
     *
     * @param meaning 64 hexadecimal digits
     * @param id its Message-ID, or where it lies if it has none
     */
    void met(String meaning, String id, String locator) {
        long total = count(meaning, id);
        if (total > 0) {
            LOG.info("{} means the same as another email with another Message-ID: they are one item", locator);
        }
        if (Long.bitCount(total) == 1) { // at 1, 2, 4, 8, …: a second export must not flood the log
            LOG.warn(
                    "{} emails so far mean the same as others with other Message-IDs, and were recognised as these: sent"
                            + " again, or alike to the second. Where the site's Message-IDs are stable, stableMessageIds(true)"
                            + " of Merge1EmlParser keeps all of them",
                    total);
        }
    }

    /** How many there were by now, if this is one more; else 0. */
    private synchronized long count(String meaning, String id) {
        long key = Long.parseUnsignedLong(meaning, 0, 16, 16);
        long hash = ByteBuffer.wrap(Meaning.sha256().digest(id.getBytes(StandardCharsets.UTF_8)))
                .getLong();
        long[] ids = idsByMeaning.get(key);
        if (ids == null) {
            idsByMeaning.put(key, new long[] {hash});
            return 0;
        }
        if (Arrays.stream(ids).anyMatch(known -> known == hash) || ids.length == MAX_IDS) {
            return 0;
        }
        long[] more = Arrays.copyOf(ids, ids.length + 1);
        more[ids.length] = hash;
        idsByMeaning.put(key, more);
        return ++count;
    }

    synchronized long count() {
        return count;
    }
}
