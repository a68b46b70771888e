// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

/** Why an operator re-opens participants. */
public enum Reopening {
    /** What is held is tried again. */
    RELEASE,
    /** Who is unmapped, or external where the selection says so, is asked for again. */
    REMAP
}
