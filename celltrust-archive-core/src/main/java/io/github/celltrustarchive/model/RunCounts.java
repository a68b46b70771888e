// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

/**
 * The numbers of one run, in the words of Microsoft's article "Admin logs for data connectors". All but the first count
 * after fan-out: one per mailbox; a user who couldn't be mapped counts once, as failed; a record that never reached
 * fan-out (replayed, held) counts once.
 *
 * @param availableFromSource records read from the source in this run
 * @param availableForImport what there was to do: work left over from earlier runs and the fan-out of this run
 * @param imported written whole
 * @param partiallyImported written, but attachments were left out
 * @param skipped not written because it was there already, or the source gave it a second time
 * @param failed held, or unmapped
 * @param pending not decided yet: waits for its retry time; 0 when the work is done
 */
public record RunCounts(
        long availableFromSource,
        long availableForImport,
        long imported,
        long partiallyImported,
        long skipped,
        long failed,
        long pending) {

    /** No work at all. */
    public static final RunCounts NONE = new RunCounts(0, 0, 0, 0, 0, 0, 0);

    /** Whether {@code available for import = imported + partially + skipped + failed + pending}. */
    public boolean addsUp() {
        return availableForImport == imported + partiallyImported + skipped + failed + pending;
    }

    /** Whether there was nothing to read and nothing to deliver. */
    public boolean isEmpty() {
        return availableFromSource == 0 && availableForImport == 0;
    }
}
