// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.spi.MessageConverter;
import org.junit.jupiter.api.Test;

/** The converter contract tells a faultless converter from broken ones. */
class MessageConverterContractTest extends ContractSelfTest {

    MessageConverterContractTest() {
        super(BrokenEnvelopes.class, BrokenConverters.class);
    }

    @Test
    void aFaultlessConverterKeepsEveryRule() {
        ContractRun run = ContractRun.of(Faultless.class);

        assertThat(run.failed()).as(run.toString()).isEmpty();
        assertThat(run.skipped()).as(run.toString()).isEmpty();
    }

    static class Faultless extends MessageConverterContract {
        @Override
        protected MessageConverter converter() {
            return new ChangedConverter();
        }
    }
}
