// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rules of ledgers can fail, and the ledger that the broken ones are made of keeps them. More than 1,800 files are made: too slow for every build. */
@Tag("ci")
class LedgerContractSelfTest extends ContractSelfTest {

    LedgerContractSelfTest() {
        super(BrokenCollecting.class, BrokenDelivering.class, BrokenReporting.class, BrokenHandles.class);
    }

    static class Whole extends BrokenLedgerContract {
        Whole() {
            super(ledger -> ledger);
        }
    }

    @Test
    void theLedgerThatIsBrokenKeepsAllRulesWhileItIsWhole() {
        ContractRun run = ContractRun.of(Whole.class);

        assertThat(run.failed()).isEmpty();
        assertThat(run.skipped()).containsOnlyKeys("ledger.42");
    }
}
