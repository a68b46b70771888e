// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.io;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets real time pass: the one place where a thread sleeps. */
public final class SystemSleeper implements Sleeper {

    /** A sleeper without state. */
    public SystemSleeper() {}

    @Override
    public void sleep(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(TimeUnit.NANOSECONDS.convert(time));
    }
}
