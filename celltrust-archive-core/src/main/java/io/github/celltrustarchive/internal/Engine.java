// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.OperatorReport;
import io.github.celltrustarchive.model.PreviewReport;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.RunFailure;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.model.Selection;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ArchiveListener;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.Transition;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Runs one operation from its opening in the ledger to its report. */
public final class Engine {

    private final Parts parts;
    private final Options options;
    private final World world;
    private final ArchiveListener listener;
    private final BooleanSupplier stopRequested;

    /** An engine over these parts; it keeps nothing between runs. */
    public Engine(Parts parts, Options options, World world, ArchiveListener listener, BooleanSupplier stopRequested) {
        this.parts = parts;
        this.options = options;
        this.world = world;
        this.listener = listener;
        this.stopRequested = stopRequested;
    }

    /** What an operation consists of. */
    public enum Operation {
        /** Source to stage. */
        COLLECT("collect"),
        /** Stage to mailboxes. */
        DELIVER("deliver"),
        /** Both. */
        RUN("run"),
        /** What is held is tried again. */
        RELEASE("release"),
        /** Who has no mailbox is asked for again. */
        REMAP("remap");

        private final String word;

        Operation(String word) {
            this.word = word;
        }

        /** What ledger and reports call it. */
        public String word() {
            return word;
        }
    }

    /**
     * Runs an operation.
     *
     * @throws ArchiveException with remedy {@code STOP} if it had to be broken off
     * @throws InterruptedException if the calling thread was interrupted; what was done is recorded
     */
    public RunReport run(Operation operation) throws InterruptedException {
        return perform(operation, run -> {
            if (operation != Operation.DELIVER) {
                new CollectLoop(run).run();
            }
            if (operation != Operation.COLLECT) {
                new DeliveryLoop(run).run();
            }
        });
    }

    /**
     * Re-opens what is held.
     *
     * @throws IllegalArgumentException if the operator's name doesn't fit
     * @throws ArchiveException with remedy {@code STOP} if it had to be broken off
     * @throws InterruptedException if the calling thread was interrupted; what was done is recorded
     */
    public OperatorReport release(Selection selection, String operator) throws InterruptedException {
        return command(Operation.RELEASE, selection, operator);
    }

    /**
     * Asks again for participants without a mailbox.
     *
     * @see #release
     */
    public OperatorReport remap(Selection selection, String operator) throws InterruptedException {
        return command(Operation.REMAP, selection, operator);
    }

    private OperatorReport command(Operation operation, Selection selection, String operator)
            throws InterruptedException {
        String name = OperatorName.require(operator);
        Reopened reopened = new Reopened();
        RunReport report = perform(operation, run -> {
            run.commit(List.of(new Transition.CommandGiven(operation.word, name, selection)));
            if (operation == Operation.RELEASE) {
                new Releasing(run, selection, name, reopened).run();
            } else {
                new Remapping(run, selection, name, reopened).run();
            }
        });
        return reopened.report(report, name);
    }

    private RunReport perform(Operation operation, Work work) throws InterruptedException {
        Instant startedAt = world.clock().instant();
        Fence fence = parts.ledger().open(parts.profile().name(), options.worker(), operation.word);
        RunContext run = new RunContext(parts, options, world, listener, stopRequested, fence);
        run.tell(l -> l.onRunStarted(
                new ArchiveListener.RunStarted(fence.connector(), fence.epoch(), operation.word, startedAt)));
        try {
            work.perform(run);
        } catch (RuntimeException | InterruptedException e) {
            finishAfter(e, run);
            throw e;
        }
        return finish(run, operation, startedAt);
    }

    /** Finds out what a run would do with so many records, and does none of it. */
    public PreviewReport preview(int maxRecords) throws InterruptedException {
        return new Preview(parts, options, stopRequested).look(maxRecords);
    }

    @FunctionalInterface
    private interface Work {
        void perform(RunContext run) throws InterruptedException;
    }

    private RunReport finish(RunContext run, Operation operation, Instant startedAt) {
        Ledger ledger = parts.ledger();
        Fence fence = run.fence();
        RunCounts counts = ledger.counts(fence.connector(), fence.epoch());
        if (!counts.addsUp()) {
            run.alarm("the counts don't add up: " + counts);
        }
        boolean stopped = run.stopping();
        run.commit(List.of(new Transition.RunFinished(stopped, counts)));
        List<RunFailure> failures;
        try (Stream<RunFailure> rows = ledger.failures(fence.connector(), fence.epoch())) {
            failures = rows.limit(RunReport.MAX_FAILURES).toList();
        }
        RunReport report = new RunReport(
                fence.connector(),
                fence.epoch(),
                operation.word,
                startedAt,
                run.now(),
                stopped,
                counts,
                failures,
                run.problems());
        run.tell(l -> l.onRunFinished(new ArchiveListener.RunFinished(report)));
        return report;
    }

    /** Records that the run was broken off, if the ledger still takes it. */
    private void finishAfter(Exception cause, RunContext run) {
        try {
            Fence fence = run.fence();
            RunCounts counts = parts.ledger().counts(fence.connector(), fence.epoch());
            if (cause instanceof ArchiveException e) {
                run.commit(List.of(new Transition.AlarmRaised("broken off: " + e.getMessage())));
            }
            run.commit(List.of(new Transition.RunFinished(true, counts)));
        } catch (RuntimeException e) {
            if (e != cause) { // a dead ledger throws the same again
                cause.addSuppressed(e);
            }
        }
    }
}
