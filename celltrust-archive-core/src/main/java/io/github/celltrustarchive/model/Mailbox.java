// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.util.Objects;

/**
 * A mailbox.
 *
 * @param id its stable identity: the directory's object id; the lower-case address where there is no directory. Two
 *     addresses of one person must give one id, or that person gets two copies
 * @param primaryAddress where it can be reached, as an addr-spec (RFC 5322 section 3.4.1)
 */
public record Mailbox(String id, String primaryAddress) {

    public Mailbox {
        if (Objects.requireNonNull(id, "id").isBlank()) {
            throw new IllegalArgumentException("id must not be blank");
        }
        Objects.requireNonNull(primaryAddress, "primaryAddress");
    }

    /** Shows nothing of the address. */
    @Override
    public String toString() {
        return "Mailbox[" + Integer.toHexString(id.hashCode()) + "]";
    }
}
