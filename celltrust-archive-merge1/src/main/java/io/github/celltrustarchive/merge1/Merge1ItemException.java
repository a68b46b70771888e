// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import java.io.IOException;

/**
 * One item isn't there any more as it was listed: it is gone, or has changed, or its link leads away from the site. Its
 * neighbours are not concerned. The caller asks {@link Merge1Site#item} how things stand. The message names no item and
 * quotes nothing.
 */
public class Merge1ItemException extends IOException {

    private static final long serialVersionUID = 1L;

    /** An item that isn't there as it was listed. */
    public Merge1ItemException(String message) {
        super(message);
    }
}
