// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.FencedException;
import io.github.celltrustarchive.spi.Ledger;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A ledger with the faults of a plan in every method but {@code close}.
 *
 * <p>As its contract says, a ledger that has thrown an {@link ArchiveException} with remedy {@code STOP} is dead: every
 * further call throws the same; a {@link FencedException} is a refusal and kills nothing. What is behind it lives on; the test closes it and opens a new one, as a host would.
 */
public final class FaultyLedger extends InterceptedLedger {

    private final FaultPlan plan;
    private volatile @Nullable ArchiveException dead;

    /** Wraps a ledger. */
    public FaultyLedger(Ledger ledger, FaultPlan plan) {
        super(ledger);
        this.plan = plan.requireMethods(Arrays.stream(Ledger.class.getMethods())
                .map(Method::getName)
                .distinct()
                .toArray(String[]::new));
    }

    @Override
    <T extends @Nullable Object> T change(String method, Supplier<T> call) {
        return ask(method, call);
    }

    @Override
    <T extends @Nullable Object> T ask(String method, Supplier<T> call) {
        ArchiveException cause = dead;
        if (cause != null) {
            throw cause;
        }
        try {
            return plan.ledgerCall(method, call);
        } catch (FencedException e) {
            throw e; // a refusal, no failure
        } catch (ArchiveException e) {
            if (e.remedy() == ArchiveException.Remedy.STOP) {
                dead = e;
            }
            throw e;
        }
    }

    /** Does nothing after a crash. */
    @Override
    public void close() {
        if (!plan.crashed()) {
            ledger().close();
        }
    }
}
