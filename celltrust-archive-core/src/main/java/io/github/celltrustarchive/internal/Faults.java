// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

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

    /** What is known of a failure whose message may hold anything. */
    static String typeOf(Throwable e) {
        return e.getClass().getSimpleName();
    }
}
