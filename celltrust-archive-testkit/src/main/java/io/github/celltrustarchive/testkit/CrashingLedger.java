// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.spi.Ledger;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A ledger whose process may die before and after each change. */
public final class CrashingLedger extends InterceptedLedger {

    private final CrashPoint crashPoint;

    /** Wraps a ledger. */
    public CrashingLedger(Ledger ledger, CrashPoint crashPoint) {
        super(ledger);
        this.crashPoint = Objects.requireNonNull(crashPoint, "crashPoint");
    }

    @Override
    <T extends @Nullable Object> T change(String method, Supplier<T> call) {
        crashPoint.pass("before " + method);
        T result = call.get();
        crashPoint.pass("after " + method);
        return result;
    }

    @Override
    <T extends @Nullable Object> T ask(String method, Supplier<T> call) {
        crashPoint.requireAlive();
        return call.get();
    }

    /** Does nothing after the crash; the test closes the ledger itself, as the end of a process would. */
    @Override
    public void close() {
        if (!crashPoint.crashed()) {
            ledger().close();
        }
    }
}
