// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples.smsbackup;

import java.io.IOException;

/** A file that is no whole backup. Nothing of it is archived; the message says which file and why, and quotes nothing of it. */
final class BackupRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    BackupRefusedException(String message) {
        super(message);
    }
}
