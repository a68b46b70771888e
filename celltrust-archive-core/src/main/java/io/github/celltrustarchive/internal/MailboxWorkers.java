// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.spi.MailboxClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Delivers claims: on the caller's thread when one mailbox at a time is asked for, else on that many threads. A mailbox that
 * waits holds up nobody but its own thread.
 *
 * <p>Used by one thread, which hands out claims and waits for them.
 */
final class MailboxWorkers implements AutoCloseable {

    private static final long JOIN_MILLIS = 10_000;

    private final RunContext run;
    private final int parallel;
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Semaphore finished = new Semaphore(0);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;
    private int underWay;

    MailboxWorkers(RunContext run) {
        this.run = run;
        this.parallel = run.options().parallelMailboxes();
    }

    /** How many more claims can be taken without waiting. */
    int free() {
        collectFinished();
        return Math.max(0, parallel - underWay);
    }

    /** Whether claims are being delivered. */
    boolean busy() {
        collectFinished();
        return underWay > 0;
    }

    /** Whether a claim failed in a way that ends the run. */
    boolean failed() {
        return failure.get() != null;
    }

    /** Delivers a claim, now or soon. */
    void deliver(MailboxClaim claim) throws InterruptedException {
        for (MailboxDelivery delivery : MailboxDelivery.lanes(run, claim, parallel, this::failed)) {
            if (parallel == 1) {
                deliverHere(delivery);
            } else {
                underWay++;
                tasks.add(() -> work(delivery));
                if (threads.size() < Math.min(parallel, underWay)) {
                    startThread();
                }
            }
        }
    }

    private void deliverHere(MailboxDelivery delivery) throws InterruptedException {
        try {
            delivery.deliver();
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Waits until a claim is finished. */
    void awaitOne() throws InterruptedException {
        if (underWay > 0) {
            finished.acquire();
            underWay--;
        }
    }

    /** Waits for all claims; rethrows the first failure. */
    void finish() throws InterruptedException {
        while (busy()) {
            awaitOne();
        }
        Throwable first = failure.get();
        if (first instanceof RuntimeException e) {
            throw e;
        }
        if (first instanceof Error e) {
            throw e;
        }
        if (first instanceof InterruptedException) {
            throw new InterruptedException("a delivery was interrupted");
        }
    }

    /**
     * Ends the threads; those that still deliver are interrupted and waited for. One whose sink doesn't heed that is left
     * behind: the ledger takes nothing more from it once the run is finished.
     */
    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        boolean interrupted = Thread.interrupted();
        for (Thread thread : threads) {
            try {
                thread.join(JOIN_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void collectFinished() {
        while (finished.tryAcquire()) {
            underWay--;
        }
    }

    private void startThread() {
        ThreadFactory factory = run.world().threads();
        Thread thread = factory.newThread(this::workUntilClosed);
        threads.add(thread);
        thread.start();
    }

    private void workUntilClosed() {
        while (!closed) {
            try {
                tasks.take().run();
            } catch (InterruptedException e) {
                return; // only close() interrupts
            }
        }
    }

    private void work(MailboxDelivery delivery) {
        try {
            delivery.deliver();
        } catch (InterruptedException e) {
            failure.compareAndSet(null, e);
            Thread.currentThread().interrupt();
        } catch (Throwable e) { // a dead ledger or a crash must reach the caller, not a thread's end
            failure.compareAndSet(null, e);
        } finally {
            finished.release();
        }
    }
}
