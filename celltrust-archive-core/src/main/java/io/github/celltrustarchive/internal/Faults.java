// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.ArchiveException;

/** Turns exceptions into reasons. An exception of unknown origin may quote what it choked on, so only its type is kept. */
final class Faults {

    private Faults() {}

    /** The reason of an item that is to be held; rethrows what isn't about the item. */
    static String heldReason(ArchiveException e) {
        if (e.remedy() != ArchiveException.Remedy.HOLD) {
            throw e;
        }
        return String.valueOf(e.getMessage());
    }

    /** The reason of an item that made some part of the pipeline fail. */
    static String heldReason(String who, Throwable e) {
        return who + " failed with " + e.getClass().getName() + "; mend it and release the item";
    }

    /**
     * Ends the run before this record is recorded. Whether the record is at fault or the heap is too small for the whole
     * page can't be told from here, so nothing is held for it.
     */
    static ArchiveException outOfMemory(String what, RawRecord record, OutOfMemoryError cause) {
        return ArchiveException.stop(
                "out of memory while " + what + " the record at " + record.locator() + " of "
                        + record.bytes().size() + " bytes: give the process a larger heap, or make pages smaller",
                cause);
    }

    /** What is known of a failure whose message may hold anything. */
    static String typeOf(Throwable e) {
        return e.getClass().getSimpleName();
    }
}
