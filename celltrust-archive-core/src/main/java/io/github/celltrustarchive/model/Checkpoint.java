// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.util.Objects;

/**
 * How far a source has been read, in the source's own words. It is stored in the transaction that records the items up to
 * it, so it never runs ahead of them.
 *
 * @param value opaque to everybody but the source; at most 65,536 characters, no secret, no personal data; empty only in
 *     {@link #START}
 */
public record Checkpoint(String value) {

    /** Before the first record. */
    public static final Checkpoint START = new Checkpoint("");

    public Checkpoint {
        if (Objects.requireNonNull(value, "value").length() > 65_536) {
            throw new IllegalArgumentException("a checkpoint has at most 65,536 characters");
        }
    }

    @Override
    public String toString() {
        return "Checkpoint[" + value.length() + " chars]";
    }
}
