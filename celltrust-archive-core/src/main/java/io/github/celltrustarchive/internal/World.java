// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.io.Sleeper;
import java.time.Clock;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/** Everything the engine has from outside itself, so that it can run in a simulated world. */
public record World(Clock clock, Sleeper sleeper, RandomGenerator random, ThreadFactory threads) {

    /** Threads that don't keep the process alive. */
    public static ThreadFactory daemonThreads(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
