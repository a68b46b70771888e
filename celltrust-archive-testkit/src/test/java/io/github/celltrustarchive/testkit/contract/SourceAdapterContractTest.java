// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.testkit.contract.PlainSource.Upstream;
import org.junit.jupiter.api.Test;

/** The source contract tells a faultless source from broken ones, and says what it doesn't test. */
class SourceAdapterContractTest extends ContractSelfTest {

    SourceAdapterContractTest() {
        super(BrokenSources.class, BrokenPages.class, BrokenParsers.class);
    }

    @Test
    void aFaultlessSourceKeepsEveryRule() {
        ContractRun run = ContractRun.of(Faultless.class);

        assertThat(run.failed()).as(run.toString()).isEmpty();
        assertThat(run.skipped()).as(run.toString()).isEmpty();
    }

    @Test
    void aSourceThatKeepsWhatIsAcknowledgedIsFaultlessToo() {
        ContractRun run = ContractRun.of(KeepsEverything.class);

        assertThat(run.failed()).as(run.toString()).isEmpty();
    }

    @Test
    void whatASourceCannotBeAskedIsSkippedWithRuleAndReason() {
        ContractRun run = ContractRun.of(WithoutOptionalHooks.class);

        assertThat(run.failed()).as(run.toString()).isEmpty();
        assertThat(run.skipped().keySet())
                .containsExactlyInAnyOrder("source.3", "source.16", "source.17", "source.26", "source.27", "source.29");
        run.skipped().forEach((rule, reason) -> assertThat(reason).contains(rule + " is skipped: "));
    }

    static class Faultless extends PlainSourceContract {}

    static class KeepsEverything extends PlainSourceContract {
        @Override
        protected PlainSource open() {
            return new PlainSource(upstream) {
                @Override
                public void acknowledge(Checkpoint upTo) {}
            };
        }
    }

    static class WithoutOptionalHooks extends SourceAdapterContract {
        private final Upstream upstream = new Upstream();

        WithoutOptionalHooks() {
            upstream.lines.removeIf(line -> line.equals(MARKER) || line.endsWith("file"));
        }

        @Override
        protected PlainSource open() {
            return new PlainSource(upstream);
        }

        @Override
        protected java.util.List<String> sourceIds() {
            return PlainSource.IDS.stream().filter(id -> !id.equals("ID-3")).toList();
        }

        @Override
        protected boolean mayExceedMaxRecords() {
            return true;
        }
    }
}
