// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What every blob is protected with from the moment it exists.
 *
 * @param retention how long it can't be deleted or changed; null for no policy of its own
 * @param locked whether nobody can shorten that
 * @param legalHold whether it can't be deleted or changed until the hold is lifted
 */
public record BlobProtection(@Nullable Duration retention, boolean locked, boolean legalHold) {

    /** No protection of the blob's own; what account and container give is theirs. */
    public static final BlobProtection NONE = new BlobProtection(null, false, false);

    /** What the service's clock and ours, and the time between asking and storing, may make of difference. */
    private static final Duration TOLERANCE = Duration.ofMinutes(15);

    /** Whether there is anything to set and to read back. */
    boolean wanted() {
        return retention != null || legalHold;
    }

    /** What is missing on a blob, in a few words; null if it has all of it. */
    @Nullable
    String missingOn(BlobFacts blob) {
        if (legalHold && !blob.legalHold()) {
            return "a legal hold";
        }
        if (retention == null) {
            return null;
        }
        Instant until = blob.retainUntil();
        if (until == null || Duration.between(blob.created(), until).compareTo(retention.minus(TOLERANCE)) < 0) {
            return "an immutability policy that lasts " + retention;
        }
        return locked && !blob.locked() ? "a locked immutability policy" : null;
    }
}
