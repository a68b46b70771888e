// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.SinkTraits;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The sink contract tells a faultless sink from broken ones, and says what it doesn't test. */
class MailboxSinkContractTest extends ContractSelfTest {

    MailboxSinkContractTest() {
        super(BrokenDeliveries.class, BrokenFinds.class, BrokenSinkFailures.class, BrokenSinkManners.class);
    }

    @Test
    void aFaultlessSinkKeepsEveryRule() {
        ContractRun run = ContractRun.of(Faultless.class);

        assertThat(run.failed()).as(run.toString()).isEmpty();
        assertThat(run.skipped()).as(run.toString()).containsOnlyKeys("sink.43");
    }

    @Test
    void aSinkThatNeedsNoTimeToSettleKeepsEveryRuleToo() {
        ContractRun run = ContractRun.of(AtOnceAndOnce.class);

        assertThat(run.failed()).as(run.toString()).isEmpty();
        assertThat(run.skipped()).as(run.toString()).isEmpty();
    }

    @Test
    void aSinkThatTakesMessagesApartIsFaultlessToo() {
        ContractRun run = ContractRun.of(TakesApart.class);

        assertThat(run.failed()).as(run.toString()).isEmpty();
    }

    @Test
    void aSinkThatSeesNoDuplicatesIsFaultlessToo() {
        ContractRun run = ContractRun.of(WritesAgain.class);

        assertThat(run.failed()).as(run.toString()).isEmpty();
    }

    @Test
    void whatASinkCannotBeAskedIsSkippedWithRuleAndReason() {
        ContractRun run = ContractRun.of(WithoutOptionalHooks.class);

        assertThat(run.failed()).as(run.toString()).isEmpty();
        assertThat(run.skipped().keySet())
                .containsExactlyInAnyOrder(
                        "sink.11", "sink.22", "sink.23", "sink.26", "sink.27", "sink.28", "sink.29", "sink.30",
                        "sink.31", "sink.32", "sink.42", "sink.43");
        run.skipped().forEach((rule, reason) -> assertThat(reason).contains(rule + " is skipped: "));
    }

    static class Faultless extends PlainSinkContract {}

    static class AtOnceAndOnce extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new BrokenSinkManners.CreatesIfAbsent(store);
        }
    }

    static class TakesApart extends BrokenDeliveries.TakesApartContract {}

    static class WritesAgain extends PlainSinkContract {
        @Override
        protected MailboxSink open() {
            return new PlainSink(store) {
                @Override
                Receipt write(Delivery delivery, byte[] eml) throws IOException {
                    Receipt receipt = super.write(delivery, eml);
                    return receipt.status() == Receipt.Status.DUPLICATE ? keep(delivery, eml) : receipt;
                }
            };
        }
    }

    static class WithoutOptionalHooks extends MailboxSinkContract {
        private final PlainSinkContract other = new Faultless();

        @Override
        protected MailboxSink open() {
            return new PlainSink(other.store) {
                @Override
                public SinkTraits traits() {
                    return SinkTraits.DEFAULTS;
                }
            };
        }

        @Override
        protected List<StoredFolder> stored(Mailbox mailbox) throws IOException {
            return other.stored(mailbox);
        }
    }
}
