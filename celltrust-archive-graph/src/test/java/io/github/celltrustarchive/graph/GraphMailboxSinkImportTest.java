// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import static io.github.celltrustarchive.graph.SinkWorld.delivery;
import static io.github.celltrustarchive.graph.SinkWorld.file;
import static io.github.celltrustarchive.graph.SinkWorld.resumed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.IncompleteDeliveryException;
import io.github.celltrustarchive.testkit.graph.GraphFault.Kind;
import io.github.celltrustarchive.testkit.graph.SimulatedMessage;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages that are created from the email itself. */
class GraphMailboxSinkImportTest extends SinkFixture {

    private static final String IMPORT = ".*/importMime";

    @Test
    void anImportedMessageIsTheEmailByteForByteAndMarkedAfterwards() throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", 500_000));
        GraphMailboxSink sink = world.builder().importMime(true).build();

        Receipt receipt = sink.deliver(delivery);

        SimulatedMessage message = world.archived();
        try (InputStream eml = delivery.eml().open()) {
            assertThat(message.mime()).isEqualTo(eml.readAllBytes());
        }
        assertThat(message.draft()).isFalse();
        assertThat(message.read()).isTrue();
        assertThat(message.properties()).containsValue("complete mime");
        assertThat(sink.find(delivery)).isEqualTo(Lookup.found(receipt));
        assertThat(world.sink().find(delivery)).isEqualTo(Lookup.found(receipt));
        assertThat(world.seen("POST", ".*/messages.*")).isEmpty();
    }

    @Test
    void whatDoesntFitIntoOneImportIsCreatedFromJson() throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", 2_900_000));

        world.builder().importMime(true).build().deliver(delivery);

        assertThat(world.seen("POST", IMPORT)).isEmpty();
        assertThat(world.archived().properties()).containsValue("complete");
    }

    @ParameterizedTest
    @EnumSource(names = {"DONE_THEN_504", "DONE_THEN_CLOSED"})
    void anImportedMessageWithoutItsMarkIsFoundByItsMessageIdAndMarked(Kind fault) throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", 1_000));
        GraphMailboxSink sink = world.builder().importMime(true).build();
        world.fail("POST", IMPORT, fault);
        GraphMailboxSinkFaultTest.assertUnknown(catchThrowable(() -> sink.deliver(delivery)));

        Lookup lookup = sink.find(delivery);
        String reference = world.archived().immutableId();
        assertThat(lookup).isEqualTo(Lookup.incomplete(reference));
        sink.deliver(resumed(delivery, reference));

        assertThat(world.archived().properties()).containsValue("complete mime");
        assertThat(world.archived().attachments()).hasSize(1);
        assertThat(sink.find(delivery)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void anImportedMessageThatWasMovedBeforeItWasMarkedIsFoundByItsMessageId() throws Exception {
        Delivery delivery = delivery("m1");
        GraphMailboxSink sink = world.builder().importMime(true).build();
        world.fail("PATCH", ".*", Kind.UNAVAILABLE);
        assertThat(catchThrowable(() -> sink.deliver(delivery))).isInstanceOf(IncompleteDeliveryException.class);
        world.mailbox.move(world.folder("CellTrust").id(), "f-archive");

        assertThat(world.sink().find(delivery)).isInstanceOf(Lookup.Incomplete.class);
    }
}
