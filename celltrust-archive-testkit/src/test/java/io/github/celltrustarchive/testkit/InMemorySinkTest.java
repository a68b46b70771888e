// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.IncompleteDeliveryException;
import io.github.celltrustarchive.testkit.InMemorySink.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemorySinkTest {

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final InMemorySink sink = new InMemorySink(clock);
    private final Delivery delivery = Deliveries.of(1);

    @Test
    void deliveredTwiceIsThereTwice() throws IOException {
        assertThat(sink.find(delivery)).isEqualTo(Lookup.absent());
        Receipt first = sink.deliver(delivery);
        assertThat(sink.find(delivery)).isEqualTo(Lookup.found(first));

        Receipt second = sink.deliver(delivery);

        assertThat(sink.find(delivery)).isEqualTo(Lookup.several(List.of(first.reference(), second.reference())));
        assertThat(sink.messages("id-ann")).hasSize(2).allSatisfy(message -> {
            assertThat(message.key()).isEqualTo(delivery.key());
            assertThat(message.sha256())
                    .isEqualTo(Digests.sha256(Deliveries.text(1).getBytes(StandardCharsets.UTF_8)));
        });
        assertThat(sink.attempts()).containsEntry(delivery.key(), 2);
        assertThat(sink.mailboxIds()).containsExactly("id-ann");
    }

    @Test
    void aMailboxThatWasOnlySearchedWasNotWrittenTo() {
        assertThat(sink.find(delivery)).isEqualTo(Lookup.absent());

        assertThat(sink.mailboxIds()).isEmpty();
    }

    @Test
    void refusedAndLostRequestsWriteNothing() {
        sink.faults(d -> Fault.REFUSED);
        assertThatThrownBy(() -> sink.deliver(delivery)).isInstanceOf(ArchiveException.class);
        sink.faults(d -> Fault.REQUEST_LOST);
        assertThatThrownBy(() -> sink.deliver(delivery)).isInstanceOf(IOException.class);

        clock.advance(sink.traits().settleTime());
        assertThat(sink.messages("id-ann")).isEmpty();
    }

    @Test
    void lostAnswerHidesAMessageThatIsThere() {
        sink.faults(d -> Fault.ANSWER_LOST);
        assertThatThrownBy(() -> sink.deliver(delivery)).isInstanceOf(IOException.class);

        assertThat(sink.find(delivery)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void lateWriteTakesEffectBeforeTheSettleTimeIsOver() {
        sink.faults(d -> Fault.APPLIED_LATE);
        assertThatThrownBy(() -> sink.deliver(delivery)).isInstanceOf(IOException.class);
        assertThat(sink.find(delivery)).isEqualTo(Lookup.absent());

        clock.advance(sink.traits().settleTime());
        assertThat(sink.find(delivery)).isInstanceOf(Lookup.Found.class);
        assertThat(sink.messages("id-ann")).hasSize(1);
    }

    @Test
    void incompleteMessageIsResumedByItsReference() throws IOException {
        sink.faults(d -> d.attempt() == 1 ? Fault.INCOMPLETE : Fault.NONE);
        assertThatThrownBy(() -> sink.deliver(delivery))
                .isInstanceOfSatisfying(
                        IncompleteDeliveryException.class,
                        e -> assertThat(sink.find(delivery)).isEqualTo(Lookup.incomplete(e.reference())));

        Receipt receipt = sink.deliver(Deliveries.of(1, 2, "memory-1"));

        assertThat(receipt.reference()).isEqualTo("memory-1");
        assertThat(sink.find(delivery)).isEqualTo(Lookup.found(receipt));
    }
}
