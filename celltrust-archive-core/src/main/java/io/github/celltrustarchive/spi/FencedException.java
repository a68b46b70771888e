// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

/**
 * Somebody else holds the lease or the claim. Nothing of the commit has taken effect; the worker must do nothing more under
 * its fence. The message names who holds it.
 */
public class FencedException extends ArchiveException {

    private static final long serialVersionUID = 1L;

    /** Names the holder. */
    public FencedException(String message) {
        super(Remedy.STOP, message);
    }
}
