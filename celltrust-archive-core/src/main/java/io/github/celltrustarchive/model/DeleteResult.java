// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

/** What became of a request to delete a staged object. */
public enum DeleteResult {
    /** It was there and is gone. */
    DELETED,
    /** It wasn't there. */
    ABSENT,
    /** A retention policy or legal hold keeps it. */
    RETAINED
}
