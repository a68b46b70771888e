// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.github.celltrustarchive.model.RunReport;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Times an operation of a pipeline, and prints messages a second and this process's CPU. */
final class Measured {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Measured() {}

    /** What a pipeline does. */
    @FunctionalInterface
    interface Operation {
        RunReport run() throws Exception;
    }

    static RunReport run(String what, int messages, long bytes, Operation operation) throws Exception {
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        RunReport report = operation.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%s: %,d messages in %.2f s = %,.0f messages/s; CPU %.2f s = %.0f µs a message; %.0f MB read%n",
                what,
                messages,
                seconds,
                messages / seconds,
                cpuSeconds,
                cpuSeconds * 1e6 / messages,
                bytes / 1e6);
        return report;
    }

    /** The load average of the last minute, negative where the system doesn't tell. */
    static double load() {
        return SYSTEM.getSystemLoadAverage();
    }
}
