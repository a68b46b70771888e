// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

/**
 * Where all items of a connector stand. Every item that was ever listed is counted in exactly one of the other fields; the
 * worst that is true of an item decides: held before unmapped before pending before done.
 *
 * @param listed revisions recorded
 * @param done every participant is external or has the message in its mailbox
 * @param pending something is still to be done by itself
 * @param held the item, a participant of it or a delivery of it waits for an operator
 * @param unmapped a participant of it has no mailbox, and nothing of it is held
 * @param excluded by a rule of the host
 */
public record ItemTotals(long listed, long done, long pending, long held, long unmapped, long excluded) {

    /** Whether {@code listed = done + pending + held + unmapped + excluded}. */
    public boolean addsUp() {
        return listed == done + pending + held + unmapped + excluded;
    }
}
