// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples.smsbackup;

import java.io.IOException;
import java.util.List;

/** Files that are no whole backups. Nothing of them is archived; the message says which and why, and quotes nothing of them. */
final class BackupRefusedException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final int MAX_NAMED = 20;

    BackupRefusedException(String message) {
        super(message);
    }

    /** What is wrong with each file, in one message that nobody has to mend and run again for to see the next. */
    static BackupRefusedException of(List<String> files) {
        String named = String.join("; ", files.subList(0, Math.min(MAX_NAMED, files.size())));
        int more = files.size() - MAX_NAMED;
        return new BackupRefusedException(more > 0 ? named + "; and " + more + " more files" : named);
    }
}
