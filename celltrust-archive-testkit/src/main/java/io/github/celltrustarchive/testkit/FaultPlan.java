// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with the calls of one part of a pipeline: with the first, the second, the k-th. A part is wrapped in the
 * decorator of its kind, such as {@link FaultySink}, and behaves as ever but for the faults of its plan:
 *
 * <pre>{@code
 * FaultPlan plan = FaultPlan.of("deliver").loseAnswerAt(3).failAt(5, ArchiveException.retry("busy", null));
 * MailboxSink sink = new FaultySink(new InMemorySink(clock), plan);
 * }</pre>
 *
 * <p>Run once with a plan without faults to learn how many calls there are ({@link #calls()}), then once for each of them:
 * what was archived in the end must be the same.
 *
 * <p>One plan for each part counts the calls of that part; one plan for several parts counts them together. Faults may be
 * added at any time. May be used by several threads at once; calls that come at once are counted in an order of their own.
 */
public final class FaultPlan {

    /** What is done for a call of a part that may block. */
    @FunctionalInterface
    interface Call<T extends @Nullable Object> {
        T run() throws IOException, InterruptedException;
    }

    /** What is done for a call of a part that may not. */
    @FunctionalInterface
    interface QuickCall<T extends @Nullable Object> {
        T run() throws IOException;
    }

    /**
     * What goes wrong with one call.
     *
     * @param failure what is thrown: an {@code IOException}, a {@code RuntimeException} or a {@link SimulatedCrash}; null for
     *     a call that succeeds
     * @param done whether the call is done all the same
     * @param stall where it hangs first
     */
    private record Fault(
            @Nullable Throwable failure,
            boolean done,
            @Nullable Stall stall) {

        static final Fault NONE = new Fault(null, true, null);

        void throwFailure() throws IOException {
            if (failure instanceof IOException e) {
                throw e;
            } else if (failure instanceof RuntimeException e) {
                throw e;
            } else if (failure instanceof SimulatedCrash e) {
                throw e;
            }
        }
    }

    private final Set<String> counted;
    private final Map<Long, Fault> faults = new HashMap<>();
    private long failingFrom = Long.MAX_VALUE;
    private Fault failing = Fault.NONE;
    private long calls;
    private @Nullable SimulatedCrash crash;

    private FaultPlan(Set<String> counted) {
        this.counted = counted;
    }

    /** Counts every call but {@code traits} and {@code close}; nothing goes wrong until a fault is added. */
    public static FaultPlan ofAllCalls() {
        return new FaultPlan(Set.of());
    }

    /**
     * Counts the calls of some methods only; with the others nothing goes wrong, unless the process is dead.
     *
     * @param methods their names, such as {@code deliver}. A name that the part doesn't have is refused by its decorator
     */
    public static FaultPlan of(String... methods) {
        if (methods.length == 0) {
            throw new IllegalArgumentException("name a method, or use ofAllCalls()");
        }
        return new FaultPlan(Set.of(methods));
    }

    /**
     * This call fails, and nothing is done.
     *
     * @param call counted from 1
     * @param failure an {@code IOException} or a {@code RuntimeException}. A ledger's methods know no {@code IOException}:
     *     there it becomes the cause of an {@link ArchiveException} with remedy {@code STOP}
     */
    public FaultPlan failAt(long call, Exception failure) {
        return add(call, new Fault(throwable(failure), false, null));
    }

    /** This call and every one after it fail like that, until {@link #mend()}. */
    public synchronized FaultPlan failFrom(long call, Exception failure) {
        failingFrom = counted(call);
        failing = new Fault(throwable(failure), false, null);
        return this;
    }

    /** This call is done, and then its caller gets an {@code IOException} instead of the answer. */
    public FaultPlan loseAnswerAt(long call) {
        return loseAnswerAt(call, new IOException("the answer of call " + call + " was lost"));
    }

    /** This call is done, and then its caller gets this failure instead of the answer. */
    public FaultPlan loseAnswerAt(long call, Exception failure) {
        return add(call, new Fault(throwable(failure), true, null));
    }

    /**
     * This call hangs before it is done, until it is released or its thread is interrupted. Interrupted, it isn't done and
     * throws {@code InterruptedException}, or {@code InterruptedIOException} with the thread's interrupt kept where the
     * method may only throw that. A ledger goes on with what it was asked for, with the interrupt kept.
     */
    public FaultPlan stallAt(long call, Stall stall) {
        return add(call, new Fault(null, true, Objects.requireNonNull(stall, "stall")));
    }

    /**
     * The process dies before this call is done: it throws {@link SimulatedCrash}, and so does every later call of every part
     * with this plan, counted or not; {@code close} does nothing any more.
     */
    public FaultPlan crashAt(long call) {
        return add(call, new Fault(new SimulatedCrash("before call " + call), false, null));
    }

    /** As {@link #crashAt}, but after the call is done. */
    public FaultPlan crashAfter(long call) {
        return add(call, new Fault(new SimulatedCrash("after call " + call), true, null));
    }

    /** Nothing more goes wrong with calls to come. Doesn't wake what hangs, nor the dead. */
    public synchronized void mend() {
        faults.clear();
        failingFrom = Long.MAX_VALUE;
    }

    /** How many calls were counted so far, those that failed included. */
    public synchronized long calls() {
        return calls;
    }

    /** Whether the process is dead. */
    public synchronized boolean crashed() {
        return crash != null;
    }

    /** Refuses a plan that counts what such a part doesn't have. */
    FaultPlan requireMethods(String... known) {
        if (!Set.of(known).containsAll(counted)) {
            throw new IllegalArgumentException("the plan counts " + counted + ", but the part has " + Set.of(known));
        }
        return this;
    }

    <T extends @Nullable Object> T call(String method, Call<T> call) throws IOException, InterruptedException {
        Fault fault = next(method);
        if (fault.stall() != null) {
            fault.stall().hold();
        }
        return around(fault, call);
    }

    <T extends @Nullable Object> T quickCall(String method, QuickCall<T> call) throws IOException {
        try {
            return call(method, call::run);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while " + method + " hung");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** Of a ledger: no exception is checked, and no thread is interrupted. */
    <T extends @Nullable Object> T ledgerCall(String method, Supplier<T> call) {
        Fault fault = next(method);
        try {
            if (fault.stall() != null) {
                fault.stall().hold();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            return around(fault, call::get);
        } catch (IOException e) {
            throw ArchiveException.stop("ledger: " + method + " failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new AssertionError("a ledger is never interrupted", e);
        }
    }

    private <T extends @Nullable Object> T around(Fault fault, Call<T> call) throws IOException, InterruptedException {
        if (!fault.done()) {
            fault.throwFailure();
        }
        T result = call.run();
        fault.throwFailure();
        return result;
    }

    private synchronized Fault next(String method) {
        if (crash != null) {
            throw crash;
        }
        if (!counted.isEmpty() && !counted.contains(method)) {
            return Fault.NONE;
        }
        calls++;
        Fault fault = faults.getOrDefault(calls, calls >= failingFrom ? failing : Fault.NONE);
        if (fault.failure() instanceof SimulatedCrash e) {
            crash = e;
        }
        return fault;
    }

    private synchronized FaultPlan add(long call, Fault fault) {
        if (faults.putIfAbsent(counted(call), fault) != null) {
            throw new IllegalArgumentException("call " + call + " has a fault already");
        }
        return this;
    }

    private static long counted(long call) {
        if (call < 1) {
            throw new IllegalArgumentException("calls are counted from 1");
        }
        return call;
    }

    private static Throwable throwable(Exception failure) {
        Objects.requireNonNull(failure, "failure");
        if (failure instanceof IOException || failure instanceof RuntimeException) {
            return failure;
        }
        throw new IllegalArgumentException(
                "no part may throw " + failure.getClass().getName());
    }
}
