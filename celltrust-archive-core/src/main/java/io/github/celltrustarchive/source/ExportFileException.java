// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import java.io.IOException;

/** Something is wrong with one export file as a whole. The message names it and says what to do. */
final class ExportFileException extends IOException {

    private static final long serialVersionUID = 1L;

    ExportFileException(String file, String what) {
        super("export file " + file + " " + what);
    }
}
