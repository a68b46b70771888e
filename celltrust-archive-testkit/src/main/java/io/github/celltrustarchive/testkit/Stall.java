// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Something that hangs until the test lets it go on, or interrupts it. Once released, it holds nobody up any more. May be
 * used by several threads at once.
 */
public final class Stall {

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** Not reached and not released. */
    public Stall() {}

    /** Hangs. */
    void hold() throws InterruptedException {
        reached.countDown();
        released.await();
    }

    /**
     * Waits until somebody hangs here.
     *
     * @return whether somebody does, or did, before the time was over
     */
    public boolean awaitReached(Duration atMost) throws InterruptedException {
        return reached.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Lets everybody go on, also those who come later. */
    public void release() {
        released.countDown();
    }
}
