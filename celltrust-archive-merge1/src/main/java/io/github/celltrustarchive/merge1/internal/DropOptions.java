// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What was chosen for a drop folder.
 *
 * @param folder the folder
 * @param quiet how long a file must have stayed as it is
 * @param marker what is appended to the name of an email that is complete, or null
 * @param manifest the name of the files that say what a folder must hold, or null
 * @param after what becomes of archived emails
 * @param archived where they are moved to, below the folder or elsewhere; null unless they are moved
 * @param temporaryFolder where copies of emails on another machine are kept, or null for the JVM's
 * @param maxPageBytes about how many bytes of such copies a page holds
 * @param clock tells what has stayed as it is
 */
public record DropOptions(
        Path folder,
        Duration quiet,
        @Nullable String marker,
        @Nullable String manifest,
        After after,
        @Nullable Path archived,
        @Nullable Path temporaryFolder,
        long maxPageBytes,
        Clock clock) {

    /** What becomes of an email once the ledger has it. */
    public enum After {
        /** Nothing. */
        LEAVE,
        /** It moves to another folder. */
        MOVE,
        /** It is deleted. */
        DELETE
    }

    boolean isElsewhere() {
        return !folder.getFileSystem().equals(FileSystems.getDefault());
    }
}
