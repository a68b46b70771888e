// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

/**
 * The process dies here. An {@link Error}, so that no code which only means to deal with failures deals with this one; what
 * runs in a {@code finally} block finds everything dead already.
 */
public final class SimulatedCrash extends Error {

    private static final long serialVersionUID = 1L;

    /** A crash at this step. */
    public SimulatedCrash(String where) {
        super(where, null, false, true);
    }
}
