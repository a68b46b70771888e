// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import org.jspecify.annotations.Nullable;

/**
 * A record that can't be parsed. It is held with its bytes; its neighbours go on. The message names the field and what is
 * wrong with it, never its value.
 */
public class RecordException extends ArchiveException {

    private static final long serialVersionUID = 1L;

    /** A bad record. */
    public RecordException(String message) {
        super(Remedy.HOLD, message);
    }

    /** A bad record and what found it out. */
    public RecordException(String message, @Nullable Throwable cause) {
        super(Remedy.HOLD, message, cause);
    }
}
