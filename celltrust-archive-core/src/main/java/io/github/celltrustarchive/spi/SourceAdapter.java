// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Checkpoint;
import java.io.IOException;
import java.util.List;

/**
 * A source of records: the transport ({@link #read}) and the format ({@link #parse}). A custom source is these two
 * methods.
 *
 * <p><b>Reading is repeatable.</b> {@code read} with the same checkpoint delivers the same records again until they are
 * acknowledged; the pipeline repeats it after a crash. The checkpoint that a page leads to is stored together with the
 * page's items and nowhere else: an adapter keeps no position of its own. Records may come again under a later
 * checkpoint (an overlap window): the pipeline knows them by their identity. The bytes of a record that is read again may
 * differ in what a parser leaves out (a page token, a signed URL); its locator and its meaning don't. A record that turns
 * up after the end was reached comes after the checkpoint reached then.
 *
 * <p>Locators, checkpoints and {@code toString} are logged: they show no text, name, number or address.
 *
 * <p>These rules are numbered {@code source.N} in {@code docs/rules.md}; {@code SourceAdapterContract} of the test kit
 * tests them.
 *
 * <p><b>Threading.</b> The pipeline calls {@code read} and {@code acknowledge} from one thread at a time; {@code parse} as
 * {@link RecordParser} says. {@code close} may come while a {@code read} is blocked and should end it.
 */
public interface SourceAdapter extends RecordParser, AutoCloseable {

    /**
     * Reads the next records after a checkpoint.
     *
     * @param after where to go on; {@link Checkpoint#START} at the very first
     * @param maxRecords at most this many, at least 1; a source whose smallest unit is larger may exceed it. Fewer are
     *     always right, also where the source has more: a source of large records bounds its memory that way
     * @return a page, never null; the caller closes it
     * @throws IOException if the source can't be read now (it is never taken for an empty one), or what it has isn't
     *     complete yet: tried again until the pipeline's patience is over; then what was collected before is delivered, and
     *     the message stands in the problems of the run's report. Nothing is recorded of the page
     * @throws ArchiveException with its remedy. {@code HOLD} ends the run as {@code STOP} does: there is no record yet that
     *     could be held. Any other runtime exception ends the run
     * @throws InterruptedException if the calling thread was interrupted; a source that doesn't notice leaves the thread's
     *     interrupt as it is. Channels of {@code java.nio}, and streams made by {@code Files}, turn an interrupt into a
     *     {@link java.nio.channels.ClosedByInterruptException}, an {@code IOException}: translate it, or don't use them
     */
    SourcePage read(Checkpoint after, int maxRecords) throws IOException, InterruptedException;

    /**
     * Everything up to this checkpoint is durable in stage and ledger: the source may delete or archive it. Called after
     * the commit, again at the next start (by then for a checkpoint that another instance gave), and at least once; calling
     * it twice, or for an earlier checkpoint, must do no harm. Closing a page or the adapter acknowledges nothing.
     *
     * @throws IOException if that can't be done now: it is repeated at the next start, and nothing else suffers
     */
    default void acknowledge(Checkpoint upTo) throws IOException, InterruptedException {}

    /**
     * Looks, before a run, whether the source can be read: credentials, folder, permissions, clock. Reads no record and changes
     * nothing upstream.
     *
     * @return one entry for each thing looked at, passed ones included; empty by default
     * @throws IOException if it can't be looked at now: reported as a failed check, as every exception is
     */
    default List<Check> preflight() throws IOException, InterruptedException {
        return List.of();
    }

    /** Frees connections and files. A second call does nothing. */
    @Override
    default void close() throws IOException {}
}
