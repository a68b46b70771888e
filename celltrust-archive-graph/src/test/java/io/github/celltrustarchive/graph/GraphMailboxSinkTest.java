// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import static io.github.celltrustarchive.graph.SinkWorld.FOLDER;
import static io.github.celltrustarchive.graph.SinkWorld.delivery;
import static io.github.celltrustarchive.graph.SinkWorld.file;
import static io.github.celltrustarchive.graph.SinkWorld.resumed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.testkit.graph.SimulatedAttachment;
import io.github.celltrustarchive.testkit.graph.SimulatedMessage;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What arrives in a mailbox when nothing goes wrong. */
class GraphMailboxSinkTest extends SinkFixture {

    @Test
    void aMessageArrivesReadWithItsTimesInTheFolderOfTheInbox() throws Exception {
        Delivery delivery = delivery("m1");

        Receipt receipt = world.sink().deliver(delivery);

        SimulatedMessage message = world.archived();
        assertThat(receipt).isEqualTo(new Receipt(Receipt.Status.IMPORTED, message.immutableId()));
        assertThat(message.draft()).isFalse();
        assertThat(message.read()).isTrue();
        assertThat(message.sent()).isEqualTo(Instant.parse("2026-03-01T12:34:56Z"));
        assertThat(message.received()).isEqualTo(Instant.parse("2026-03-01T12:34:56Z"));
        assertThat(message.internetMessageId()).isEqualTo(delivery.envelope().messageId());
        assertThat(message.properties()).containsValue("complete");
        assertThat(world.folder("CellTrust").parentId()).isEqualTo("f-inbox");
    }

    @Test
    void theSecondMessageOfAMailboxCostsOneRequest() throws Exception {
        GraphMailboxSink sink = world.sink();
        sink.deliver(delivery("m1"));
        int before = world.graph.requests().size();

        sink.deliver(delivery("m2"));

        assertThat(world.graph.requests()).hasSize(before + 1);
        assertThat(world.mailbox.messages(FOLDER)).hasSize(2);
    }

    @Test
    void messagesStayUnreadIfToldSo() throws Exception {
        world.builder().markRead(false).build().deliver(delivery("m1"));

        assertThat(world.archived().read()).isFalse();
    }

    @Test
    void attachmentsOfEverySizeArriveWholeAndTheMessageIsCompleteThen() throws Exception {
        Delivery delivery = delivery(
                "m1",
                file("small.bin", 1_000),
                file("empty.bin", 0),
                file("single.bin", 2_500_000),
                file("between.bin", 3_000_000),
                file("session.bin", 3 << 20),
                file("chunks.bin", 9_000_001));

        Receipt receipt = world.sink().deliver(delivery);

        SimulatedMessage message = world.archived();
        assertThat(receipt.reference()).isEqualTo(message.immutableId());
        assertThat(message.properties()).containsValue("complete").doesNotContainValue("partial");
        assertThat(message.attachments())
                .extracting(SimulatedAttachment::name, SimulatedAttachment::sha256)
                .containsExactlyInAnyOrderElementsOf(delivery.envelope().attachments().stream()
                        .map(a -> org.assertj.core.groups.Tuple.tuple(a.fileName(), a.sha256()))
                        .toList());
        assertThat(world.seen("PUT", "/upload/session-.*")).hasSize(1 + 1 + 3);
    }

    @Test
    void smallAttachmentsComeWithTheMessageInOneRequest() throws Exception {
        world.sink().deliver(delivery("m1", file("a.bin", 900_000), file("b.bin", 1_000_000)));

        assertThat(world.archived().attachments()).hasSize(2);
        assertThat(world.seen("POST", ".*/attachments.*")).isEmpty();
        assertThat(world.seen("PATCH", ".*")).isEmpty();
    }

    @Test
    void aMessageThatIsThereIsFoundAndOneThatIsNotIsAbsent() throws Exception {
        GraphMailboxSink sink = world.sink();
        Delivery delivery = delivery("m1", file("a.bin", 10));
        assertThat(sink.find(delivery)).isEqualTo(Lookup.absent());
        assertThat(world.seen("POST", ".*")).isEmpty();

        Receipt receipt = sink.deliver(delivery);

        assertThat(world.sink().find(delivery)).isEqualTo(Lookup.found(receipt));
        assertThat(sink.find(delivery("m2"))).isEqualTo(Lookup.absent());
    }

    @Test
    void aMessageThatItsOwnerHasMovedIsFound() throws Exception {
        GraphMailboxSink sink = world.sink();
        Delivery delivery = delivery("m1");
        Receipt receipt = sink.deliver(delivery);
        world.mailbox.move(world.folder("CellTrust").id(), "f-deleteditems");

        assertThat(world.sink().find(delivery)).isEqualTo(Lookup.found(receipt));
    }

    @Test
    void aMessageThatIsThereTwiceIsReportedWithBothReferences() throws Exception {
        GraphMailboxSink sink = world.sink();
        Delivery delivery = delivery("m1");
        Receipt first = sink.deliver(delivery);
        Receipt second = sink.deliver(delivery);

        assertThat(sink.find(delivery))
                .isInstanceOfSatisfying(
                        Lookup.Several.class,
                        several -> assertThat(several.references())
                                .containsExactlyInAnyOrder(first.reference(), second.reference()));
        assertThat(world.mailbox.messages(FOLDER)).hasSize(2);
    }

    @Test
    void aReferenceThatIsGoneIsAnUnknownOutcomeSoThatItIsLookedForAndWrittenAnew() throws Exception {
        Delivery delivery = delivery("m1");

        assertThatExceptionOfType(java.io.IOException.class)
                .isThrownBy(() -> world.sink().deliver(resumed(delivery, "imm-gone")))
                .isExactlyInstanceOf(java.io.IOException.class)
                .withMessageContaining("gone");
        assertThat(world.mailbox.messages()).isEmpty();
    }
}
