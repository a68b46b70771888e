// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import io.github.celltrustarchive.model.RunReport;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Hears what becomes of scheduled runs, for logs and alarms.
 *
 * <p>Calls come from the schedule's thread, one at a time, while the run's pipeline and its ledger are still open; until a
 * call returns no other run begins. An exception is logged and changes nothing.
 */
public interface ScheduleListener {

    /** Hears nothing. */
    ScheduleListener NONE = new ScheduleListener() {};

    /** The schedule waits for its next run. Called once for each wait, and again if the clock is set meanwhile. */
    default void onWaiting(Waiting event) {}

    /** A run has returned its report. */
    default void onRunReported(RunReported event) {}

    /**
     * A run was broken off, or its pipeline couldn't be opened. The schedule goes on: what stops a run (an expired secret, a
     * full disk, a database that restarts) is mended outside of this process, and an archive that quietly never runs again
     * would be worse. Whoever wants it otherwise closes the schedule here.
     */
    default void onRunFailed(RunFailed event) {}

    /**
     * The schedule waits.
     *
     * @param next when it runs again
     */
    record Waiting(Instant next) {
        public Waiting {
            Objects.requireNonNull(next, "next");
        }
    }

    /**
     * A run has returned.
     *
     * @param report what it did
     * @param again when the schedule runs again because the run left work (problems, something pending, a request to stop);
     *     null if it left none or a slot comes first
     */
    record RunReported(RunReport report, @Nullable Instant again) {
        public RunReported {
            Objects.requireNonNull(report, "report");
        }
    }

    /**
     * A run has failed.
     *
     * @param cause why; of an {@link ArchiveException} the message says what to do
     * @param failuresInARow how many runs have failed since the last one that returned, this one included
     * @param next when the schedule runs again
     */
    record RunFailed(Exception cause, int failuresInARow, Instant next) {
        public RunFailed {
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(next, "next");
        }
    }
}
