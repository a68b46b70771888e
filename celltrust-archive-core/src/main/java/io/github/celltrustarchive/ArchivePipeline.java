// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive;

import io.github.celltrustarchive.internal.Engine;
import io.github.celltrustarchive.internal.Engine.Operation;
import io.github.celltrustarchive.internal.Parts;
import io.github.celltrustarchive.internal.Preflight;
import io.github.celltrustarchive.model.CompletedRun;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.OperatorReport;
import io.github.celltrustarchive.model.PreflightReport;
import io.github.celltrustarchive.model.PreviewReport;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.model.Selection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives what a source has into mailboxes: every message once, as an email, in a folder of every participant's mailbox,
 * with a record of what became of it.
 *
 * <p>{@link #run()} does all of it. {@link #collect()} takes records from the source to the stage, {@link #deliver()} from
 * the stage to the mailboxes; they may run on different schedules and machines, each with a pipeline of its own. The host
 * owns the process and the schedule ({@link ArchiveSchedule} is one): an operation runs on the caller's thread and ends when
 * there is nothing more to do. {@link #preflight()} and {@link #preview} look before a run and write nothing.
 *
 * <p>Whenever it ends, however it ends (return, exception, killed process, power failure), the next run goes on where it
 * was: nothing is lost and nothing is delivered twice.
 *
 * <p><b>Threading.</b> One operation at a time; {@link #requestStop()} and {@link #close()} may be called from any thread
 * at any time. The pipeline owns the parts it was given and closes them.
 */
public final class ArchivePipeline implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ArchivePipeline.class);
    private static final long CLOSE_WAIT_SECONDS = 30;

    private final Parts parts;
    private final Engine engine;
    private final AtomicBoolean stopRequested;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ReentrantLock operation = new ReentrantLock();

    ArchivePipeline(Parts parts, Engine engine, AtomicBoolean stopRequested) {
        this.parts = parts;
        this.engine = engine;
        this.stopRequested = stopRequested;
    }

    /** Starts a pipeline for this connector. */
    public static ArchivePipelineBuilder builder(ConnectorProfile profile) {
        return new ArchivePipelineBuilder(profile);
    }

    /**
     * Collects, then delivers.
     *
     * @return what was done, as recorded. What this run couldn't do but the next one may is in its problems and its pending
     *     count
     * @throws io.github.celltrustarchive.spi.ArchiveException with remedy {@code STOP} if the run had to be broken off: bad
     *     credentials, a ledger that can't commit, another worker at work. What was done until then is recorded
     * @throws InterruptedException if the calling thread was interrupted; the next run goes on
     * @throws IllegalStateException if the pipeline has no source or no sink, is closed, or is at work already
     */
    public RunReport run() throws InterruptedException {
        return run(Operation.RUN);
    }

    /**
     * Takes records from the source to the stage until the source has no more.
     *
     * @throws IllegalStateException if the pipeline has no source, is closed, or is at work already
     * @see #run()
     */
    public RunReport collect() throws InterruptedException {
        return run(Operation.COLLECT);
    }

    /**
     * Maps participants and delivers what is staged and due.
     *
     * @throws IllegalStateException if the pipeline has no sink, is closed, or is at work already
     * @see #run()
     */
    public RunReport deliver() throws InterruptedException {
        return run(Operation.DELIVER);
    }

    /**
     * Looks whether a run could work: credentials, folders, permissions, clocks, space, as far as the parts can tell. Reads no
     * record, records nothing, and leaves nothing behind. A part that says nothing was not looked at.
     *
     * @return what was found, with what to do about it; {@code io.github.celltrustarchive.report.PreflightText} shows it
     * @throws InterruptedException if the calling thread was interrupted
     * @throws IllegalStateException if the pipeline is closed, or is at work already
     */
    public PreflightReport preflight() throws InterruptedException {
        return exclusively(() -> new Preflight(parts).look());
    }

    /**
     * A dry run: what {@link #run()} would do with the source's next records. Reads them as a run would, but takes no lease,
     * acknowledges nothing to the source, stages nothing, delivers nothing and records nothing; only the user directory is
     * asked. What earlier runs have left to do isn't looked at. Memory grows with the number of records, by their keys.
     *
     * @param maxRecords look at no more than this many records, at least 1
     * @return what was found; {@code io.github.celltrustarchive.report.PreviewText} shows it. Holds personal data
     * @throws io.github.celltrustarchive.spi.ArchiveException with remedy {@code STOP} where a run would be broken off
     * @throws InterruptedException if the calling thread was interrupted
     * @throws IllegalArgumentException if {@code maxRecords} is less than 1
     * @throws IllegalStateException if the pipeline has no source, is closed, or is at work already
     */
    public PreviewReport preview(int maxRecords) throws InterruptedException {
        if (maxRecords < 1) {
            throw new IllegalArgumentException("maxRecords must be at least 1");
        }
        requirePart(parts.source(), "source");
        return exclusively(() -> engine.preview(maxRecords));
    }

    /**
     * Re-opens what is held, after its cause was mended. Delivers nothing itself: the next {@link #deliver()} or
     * {@link #run()} does.
     *
     * <ul>
     *   <li>A held <b>item</b> is read back from its pack, and parsed and converted by the present parser and converter. It
     *       becomes staged; or excluded; or stays held, for its new reason; or is recorded as a duplicate, if the same
     *       message has been archived meanwhile.
     *   <li>A held <b>participant</b> is pending again.
     *   <li>A held <b>delivery</b> is due again, with as many attempts as a new one. One that was ever attempted is looked
     *       for in the mailbox first, so that it is never there twice.
     * </ul>
     *
     * Items need the collect lease; participants and deliveries can be released while other workers collect and deliver.
     * What was released before a crash stays released; give the command again for the rest.
     *
     * @param operator who gives the command, for the audit trail: 1 to 200 characters without control characters, not blank
     * @throws IllegalArgumentException if the operator's name doesn't fit
     * @throws IllegalStateException if items are selected and the pipeline has no source (whose parser is needed), or it is
     *     closed, or at work already
     * @see #run()
     */
    public OperatorReport release(Selection selection, String operator) throws InterruptedException {
        if (selection.kinds().contains(Selection.Kind.ITEMS)) {
            requirePart(parts.source(), "source, whose parser is needed to release items");
        }
        return exclusively(() -> engine.release(selection, operator));
    }

    /**
     * Asks the user mapper again for unmapped participants, however long ago they were recorded, and plans deliveries for
     * those who have a mailbox now. Participants who have one already keep it. Delivers nothing itself.
     *
     * @param selection which of them; with {@link Selection#andExternal()} external ones too
     * @param operator as in {@link #release}
     * @throws IllegalArgumentException if the operator's name doesn't fit
     * @throws IllegalStateException if the pipeline is closed, or at work already
     * @see #run()
     */
    public OperatorReport remap(Selection selection, String operator) throws InterruptedException {
        return exclusively(() -> engine.remap(selection, operator));
    }

    /**
     * Asks the operation that is under way to end after the page and the deliveries it is at; it returns a report that says
     * it was stopped. Without one, the next operation ends at once. Returns immediately.
     */
    public void requestStop() {
        stopRequested.set(true);
    }

    /**
     * Asks the operation under way to stop, waits for it up to 30 seconds, and closes the parts. What is still under way then
     * fails and is resumed by the next run. A second call does nothing; never throws.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        requestStop();
        boolean ended = awaitEnd();
        if (!ended) {
            LOG.warn(
                    "pipeline {} is closed while at work; the next run goes on",
                    parts.profile().name());
        }
        try {
            closePart(parts.source());
            closePart(parts.sink());
            closePart(parts.stager());
            closePart(parts.ledger());
        } finally {
            if (ended) {
                operation.unlock();
            }
        }
    }

    RunReport run(Operation what) throws InterruptedException {
        if (what != Operation.DELIVER) {
            requirePart(parts.source(), "source");
        }
        if (what != Operation.COLLECT) {
            requirePart(parts.sink(), "sink");
        }
        return exclusively(() -> engine.run(what));
    }

    private <T> T exclusively(Work<T> work) throws InterruptedException {
        if (operation.isHeldByCurrentThread() || !operation.tryLock()) {
            throw new IllegalStateException("the pipeline is closed or at work already");
        }
        try {
            if (closed.get()) {
                throw new IllegalStateException("the pipeline is closed");
            }
            return work.perform();
        } finally {
            stopRequested.set(closed.get());
            operation.unlock();
        }
    }

    /** The latest run of an operation that came to its end, for a schedule that was off meanwhile. */
    Optional<CompletedRun> lastCompleted(Operation what) {
        return parts.ledger().lastCompleted(parts.profile().name(), what.word());
    }

    /** Whether something waits in the ledger for a later run, likewise. */
    boolean hasOpenWork() {
        return parts.ledger().nextDue(parts.profile().name()).isPresent();
    }

    /** Whether no operation is under way, in which case the lock is held. An operation that closes itself is not awaited. */
    private boolean awaitEnd() {
        if (operation.isHeldByCurrentThread()) {
            return false;
        }
        try {
            return operation.tryLock(CLOSE_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return operation.tryLock();
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T perform() throws InterruptedException;
    }

    private static void requirePart(@Nullable Object part, String name) {
        if (part == null) {
            throw new IllegalStateException("the pipeline has no " + name);
        }
    }

    private static void closePart(@Nullable AutoCloseable part) {
        if (part == null) {
            return;
        }
        try {
            part.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) { // whatever a part throws, the others are closed
            LOG.warn("{} didn't close", part.getClass().getName(), e);
        }
    }
}
