// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One item as the site lists it. The item itself is an email ({@code message/rfc822}): the site has converted it already,
 * with its attachments inside.
 *
 * @param id the site's own id, the same as long as the item exists; not blank
 * @param size bytes of the email, at least 0
 * @param sha256 SHA-256 of the email, 64 lower-case hexadecimal digits
 * @param storedAt when the site stored it
 * @param name the site's file name for it, or null; data, never used as a path
 * @param link where the site says its bytes are, or null where {@link Merge1Site#open} needs none
 */
public record Merge1Item(
        String id,
        long size,
        String sha256,
        Instant storedAt,
        @Nullable String name,
        @Nullable URI link) {

    public Merge1Item {
        Objects.requireNonNull(storedAt, "storedAt");
        if (id.isBlank()) {
            throw new IllegalArgumentException("id must not be blank");
        }
        if (size < 0) {
            throw new IllegalArgumentException("size must not be negative");
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("sha256 must be 64 lower-case hexadecimal digits");
        }
    }

    /** Shows no name and no link: they may tell who wrote to whom, or hold a secret. */
    @Override
    public String toString() {
        return "Merge1Item[" + size + " bytes, stored " + storedAt + "]";
    }
}
