// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.util.Objects;

/**
 * One row of the status log's failed-item details. The empty string stands for what isn't known. Holds personal data:
 * shown to whoever may see the status log, never logged.
 *
 * @param itemId the source's id of the item, or its locator
 * @param sourceUserId the user's address or number as the source gave it
 * @param microsoft365UserId the mailbox's primary address
 * @param reason why, and what to do
 */
public record RunFailure(String itemId, String sourceUserId, String microsoft365UserId, String reason) {

    public RunFailure {
        Objects.requireNonNull(itemId, "itemId");
        Objects.requireNonNull(sourceUserId, "sourceUserId");
        Objects.requireNonNull(microsoft365UserId, "microsoft365UserId");
        Objects.requireNonNull(reason, "reason");
    }

    /** Shows the reason only. */
    @Override
    public String toString() {
        return "RunFailure[" + reason + "]";
    }
}
