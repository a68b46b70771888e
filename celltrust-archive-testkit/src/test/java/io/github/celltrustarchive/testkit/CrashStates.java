// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import java.io.IOException;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Runs a history on a simulated disk, crashes it at every step, and looks at the states that a power failure may leave, also
 * when the first process was only killed and a second one has gone on. The same seeds each time.
 */
final class CrashStates {

    private static final int RANDOM_STATES = 12;

    private CrashStates() {}

    /** Work of one process. What it tells the {@link Acknowledged} must survive. */
    interface History {
        void run(SimulatedStorage storage, Acknowledged acknowledged) throws IOException;
    }

    /** What must hold in a state after a crash. Throws an {@link AssertionError} if it doesn't. */
    interface Check {
        void check(SimulatedStorage storage, Acknowledged acknowledged) throws IOException;
    }

    /** What the history was told is done. */
    static final class Acknowledged {
        final Set<String> names = new TreeSet<>();
        private AfterEach afterEach = () -> {};

        private interface AfterEach {
            void check() throws IOException;
        }

        void add(String name) throws IOException {
            names.add(name);
            afterEach.check();
        }
    }

    /** Checks all states; a violation is an {@link AssertionError}. Returns how many states there were. */
    static int checkAll(History history, Check check, String... ignoredSites) throws IOException {
        CrashPoint counter = CrashPoint.never();
        history.run(disk(ignoredSites).crashAt(counter), new Acknowledged());
        int states = 0;
        for (long step = 1; step <= counter.steps() + 1; step++) {
            SimulatedStorage storage = disk(ignoredSites).crashAt(CrashPoint.at(step));
            Acknowledged acknowledged = new Acknowledged();
            runUntilCrash(history, storage, acknowledged);
            states += checkPowerFailures(storage, acknowledged, check, step);
            states += checkSecondProcess(storage, acknowledged, history, check, step, ignoredSites);
        }
        return states;
    }

    /** The forces of a history. */
    static Set<String> forceSites(History history) throws IOException {
        SimulatedStorage storage = new SimulatedStorage();
        history.run(storage, new Acknowledged());
        return storage.forceSites();
    }

    private static SimulatedStorage disk(String... ignoredSites) {
        SimulatedStorage storage = new SimulatedStorage();
        for (String site : ignoredSites) {
            storage.ignoreForcesFrom(site);
        }
        return storage;
    }

    private static void runUntilCrash(History history, SimulatedStorage storage, Acknowledged acknowledged)
            throws IOException {
        try {
            history.run(storage, acknowledged);
        } catch (SimulatedCrash e) {
            return; // as wanted
        }
    }

    private static int checkPowerFailures(SimulatedStorage storage, Acknowledged acknowledged, Check check, long step)
            throws IOException {
        check.check(storage.crashLosingEverythingUnsynced(), acknowledged);
        for (int i = 0; i < RANDOM_STATES; i++) {
            check.check(storage.crash(new SplittableRandom(step * 1000 + i)), acknowledged);
        }
        return 1 + RANDOM_STATES;
    }

    /** The next process finds what the dead one left and does the same again; the power fails after each thing done. */
    private static int checkSecondProcess(
            SimulatedStorage first,
            Acknowledged acknowledged,
            History history,
            Check check,
            long step,
            String... ignoredSites)
            throws IOException {
        SimulatedStorage second = first.kill();
        for (String site : ignoredSites) {
            second.ignoreForcesFrom(site);
        }
        acknowledged.afterEach = () -> check.check(second.crashLosingEverythingUnsynced(), acknowledged);
        history.run(second, acknowledged);
        return checkPowerFailures(second, acknowledged, check, step);
    }
}
