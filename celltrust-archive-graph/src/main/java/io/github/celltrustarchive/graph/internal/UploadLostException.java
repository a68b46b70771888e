// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An upload session is gone. */
final class UploadLostException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean maybeWhole;

    /**
     * A lost session.
     *
     * @param maybeWhole whether the last bytes were sent and not answered, so that the attachment may be there, or come yet
     */
    UploadLostException(boolean maybeWhole, @Nullable Throwable cause) {
        super("an upload session ended before the attachment was whole", cause);
        this.maybeWhole = maybeWhole;
    }

    boolean maybeWhole() {
        return maybeWhole;
    }
}
