// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

/** Which way a message went, seen from the firm that archives it. */
public enum Direction {
    /** From outside to one of the firm's people. */
    INBOUND,
    /** From one of the firm's people. */
    OUTBOUND,
    /** The source doesn't say. */
    UNKNOWN
}
