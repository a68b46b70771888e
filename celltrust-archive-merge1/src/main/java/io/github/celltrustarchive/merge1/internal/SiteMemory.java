// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.io.DigestingOutputStream;
import io.github.celltrustarchive.merge1.Merge1Item;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The last versions of items that were archived, each as 64 bits of a digest over id and SHA-256, so that an item that is
 * listed again needn't be downloaded again. Immutable.
 */
final class SiteMemory {

    static final SiteMemory EMPTY = new SiteMemory(Set.of());

    private final Set<Long> versions;

    private SiteMemory(Set<Long> versions) {
        this.versions = versions;
    }

    /** The form of {@link #text()}. */
    static SiteMemory of(String text) {
        LinkedHashSet<Long> versions = new LinkedHashSet<>();
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
        while (bytes.remaining() >= Long.BYTES) {
            versions.add(bytes.getLong());
        }
        return new SiteMemory(versions);
    }

    boolean knows(Merge1Item item) {
        return versions.contains(version(item));
    }

    /** With these as the latest; the oldest are forgotten. */
    SiteMemory with(Collection<Merge1Item> items, int most) {
        LinkedHashSet<Long> all = new LinkedHashSet<>(versions);
        for (Merge1Item item : items) {
            long version = version(item);
            all.remove(version);
            all.add(version);
        }
        Iterator<Long> oldest = all.iterator();
        for (int left = all.size(); left > most; left--) {
            oldest.next();
            oldest.remove();
        }
        return new SiteMemory(all);
    }

    String text() {
        ByteBuffer bytes = ByteBuffer.allocate(versions.size() * Long.BYTES);
        versions.forEach(bytes::putLong);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static long version(Merge1Item item) {
        return HexFormat.fromHexDigitsToLong(sha256(item.id() + "\n" + item.sha256()), 0, 16);
    }

    /** As 64 hexadecimal digits. */
    static String sha256(String text) {
        DigestingOutputStream digest = new DigestingOutputStream(OutputStream.nullOutputStream());
        try {
            digest.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // nothing is written anywhere
        }
        return digest.sha256();
    }
}
