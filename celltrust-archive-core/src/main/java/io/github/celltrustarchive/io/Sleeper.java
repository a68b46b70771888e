// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.io;

import java.time.Duration;

/** Lets time pass. A test's sleeper moves a clock instead. */
@FunctionalInterface
public interface Sleeper {

    /**
     * Returns after this time, or earlier.
     *
     * @throws InterruptedException if the calling thread was interrupted
     */
    void sleep(Duration time) throws InterruptedException;
}
