// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import java.io.IOException;

/** The site said no, for a reason that may have to do with what was asked for. */
public final class SiteRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    SiteRefusedException(int status, String code) {
        super("the site answered " + status + (code.isEmpty() ? "" : " (" + code + ")"));
        this.status = status;
        this.code = code;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The code of the error body, a plain word; empty if there was none. */
    public String code() {
        return code;
    }
}
