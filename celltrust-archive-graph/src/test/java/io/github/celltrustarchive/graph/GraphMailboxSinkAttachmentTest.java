// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import static io.github.celltrustarchive.graph.SinkWorld.FOLDER;
import static io.github.celltrustarchive.graph.SinkWorld.delivery;
import static io.github.celltrustarchive.graph.SinkWorld.file;
import static io.github.celltrustarchive.graph.SinkWorld.resumed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.ArchiveException.Remedy;
import io.github.celltrustarchive.spi.IncompleteDeliveryException;
import io.github.celltrustarchive.testkit.graph.GraphFault;
import io.github.celltrustarchive.testkit.graph.GraphFault.Kind;
import io.github.celltrustarchive.testkit.graph.SimulatedAttachment;
import io.github.celltrustarchive.testkit.graph.SimulatedMessage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a message that is there, but not whole: it is never whole in name only, and has nothing twice. */
class GraphMailboxSinkAttachmentTest extends SinkFixture {

    private static final String ATTACH = ".*/attachments";
    private static final String PUT = "/upload/session-.*";
    private static final int SINGLE = 2_500_000;
    private static final int CHUNKED = 9_000_000;

    @Test
    void anAttachmentOfAMessageThatIsntEverywhereYetIsTriedAgainWithinTheCall() throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", SINGLE));
        world.fail("POST", ATTACH, Kind.NOT_FOUND_YET, Kind.NOT_FOUND_YET);

        world.sink().deliver(delivery);

        assertWhole(delivery);
        assertThat(world.sleeper.slept()).containsExactly(Duration.ofMillis(750), Duration.ofMillis(1_500));
    }

    @Test
    void aMessageThatStaysUnknownToItsAttachmentsIsIncompleteAndResumed() throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", SINGLE), file("small.bin", 10));
        world.fail("POST", ATTACH, Kind.NOT_FOUND_YET, Kind.NOT_FOUND_YET, Kind.NOT_FOUND_YET, Kind.NOT_FOUND_YET);
        GraphMailboxSink sink = world.sink();

        String reference = incomplete(sink, delivery, Remedy.RETRY);

        assertThat(world.archived().properties()).containsValue("partial");
        assertThat(sink.find(delivery)).isEqualTo(Lookup.incomplete(reference));
        assertThat(sink.deliver(resumed(delivery, reference)))
                .isEqualTo(new Receipt(Receipt.Status.IMPORTED, reference));
        assertWhole(delivery);
    }

    @ParameterizedTest
    @EnumSource(names = {"DONE_THEN_504", "DONE_THEN_CLOSED", "UNAVAILABLE", "EMPTY_SUCCESS", "THROTTLED"})
    void anAttachmentWhoseAnswerIsLostIsThereOnceInTheEnd(Kind fault) throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", SINGLE), file("b.bin", SINGLE));
        world.fail("POST", ATTACH, fault);
        GraphMailboxSink sink = world.sink();

        String reference = incomplete(sink, delivery, Remedy.RETRY);
        world.clock.advance(Duration.ofSeconds(10));
        sink.deliver(resumed(delivery, reference));

        assertWhole(delivery);
    }

    @Test
    void anAttachmentThatComesLateIsWaitedForByTheSameProcess() throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", SINGLE));
        world.fail("POST", ATTACH, GraphFault.appliedLate(Duration.ofSeconds(50)));
        GraphMailboxSink sink = world.sink();
        String reference = incomplete(sink, delivery, Remedy.RETRY);
        world.clock.advance(Duration.ofSeconds(1));

        sink.deliver(resumed(delivery, reference));

        assertWhole(delivery);
        assertThat(world.sleeper.slept()).containsExactly(Duration.ofSeconds(59));
    }

    @Test
    void anAttachmentThatComesLateIsWaitedForByAnotherProcess() throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", SINGLE));
        world.fail("POST", ATTACH, GraphFault.appliedLate(Duration.ofSeconds(50)));
        String reference = incomplete(world.sink(), delivery, Remedy.RETRY);

        world.sink().deliver(resumed(delivery, reference));

        assertWhole(delivery);
        assertThat(world.sleeper.slept()).containsExactly(Duration.ofSeconds(60));
    }

    @Test
    void nothingIsWaitedForWhereEverythingWasAnswered() throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", SINGLE));
        world.fail("POST", ATTACH, GraphFault.throttled("3"));
        GraphMailboxSink sink = world.sink();
        String reference = incomplete(sink, delivery, Remedy.RETRY);
        world.clock.advance(Duration.ofSeconds(3));

        sink.deliver(resumed(delivery, reference));

        assertWhole(delivery);
        assertThat(world.sleeper.slept()).isEmpty();
    }

    @Test
    void whenGraphAsksToWaitInTheMiddleOfAMessageItsTimeIsTold() throws Exception {
        world.fail("POST", ATTACH, GraphFault.throttled("240"));
        GraphMailboxSink sink = world.sink();

        Throwable thrown = catchThrowable(() -> sink.deliver(delivery("m1", file("a.bin", SINGLE))));

        assertThat(thrown)
                .isInstanceOfSatisfying(
                        IncompleteDeliveryException.class,
                        e -> assertThat(e.notBefore())
                                .contains(world.clock.instant().plusSeconds(240)));
    }

    @Test
    void whenTheBudgetEndsInTheMiddleOfAMessageTheTimeIsTold() throws Exception {
        GraphMailboxSink sink = world.builder().bytesPerFiveMinutes(5_000_000).build();

        Throwable thrown =
                catchThrowable(() -> sink.deliver(delivery("m1", file("a.bin", SINGLE), file("b.bin", SINGLE))));

        assertThat(thrown)
                .isInstanceOfSatisfying(
                        IncompleteDeliveryException.class,
                        e -> assertThat(e.notBefore())
                                .hasValueSatisfying(at -> assertThat(at).isAfter(world.clock.instant())));
    }

    @Test
    void manyAttachmentsOverASlowConnectionLeaveTheRestToTheNextCall() throws Exception {
        Delivery delivery = delivery(
                "m1",
                file("a.bin", SINGLE),
                file("b.bin", SINGLE),
                file("c.bin", SINGLE),
                file("d.bin", SINGLE),
                file("e.bin", SINGLE),
                file("f.bin", SINGLE));
        world.graph.faults(request -> {
            if (request.method().equals("POST")) {
                world.clock.advance(Duration.ofSeconds(90));
            }
            return GraphFault.NONE;
        });
        GraphMailboxSink sink = world.sink();

        String reference = incomplete(sink, delivery, Remedy.RETRY);
        assertThat(Duration.between(SinkWorld.START, world.clock.instant())).isLessThan(Duration.ofMinutes(5));
        Throwable thrown = catchThrowable(() -> sink.deliver(resumed(delivery, reference)));
        while (thrown != null) {
            thrown = catchThrowable(() -> sink.deliver(resumed(delivery, reference)));
        }

        assertWhole(delivery);
        assertThat(world.seen("POST", ATTACH)).as("nothing is sent twice").hasSize(6);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"DONE_THEN_504", "DONE_THEN_CLOSED", "UNAVAILABLE", "EMPTY_SUCCESS", "THROTTLED", "TOKEN_REFUSED"})
    void aBrokenUploadGoesOnWhereTheSessionExpectsIt(Kind fault) throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", CHUNKED));
        world.fail("PUT", PUT, GraphFault.NONE);
        world.fail("PUT", PUT, fault);

        world.sink().deliver(delivery);

        assertWhole(delivery);
    }

    @ParameterizedTest
    @EnumSource(names = {"DONE_THEN_504", "DONE_THEN_CLOSED", "UNAVAILABLE", "EMPTY_SUCCESS"})
    void aLastChunkWhoseAnswerIsLostMakesNoSecondAttachment(Kind fault) throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", CHUNKED));
        world.fail("PUT", PUT, GraphFault.NONE, GraphFault.NONE);
        world.fail("PUT", PUT, fault);

        world.sink().deliver(delivery);

        assertWhole(delivery);
    }

    @Test
    void aLastChunkThatComesLateMakesNoSecondAttachment() throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", CHUNKED));
        world.fail("PUT", PUT, GraphFault.NONE, GraphFault.NONE, GraphFault.appliedLate(Duration.ofSeconds(40)));

        world.sink().deliver(delivery);
        world.clock.advance(Duration.ofMinutes(5));
        world.graph.applyDue();

        assertWhole(delivery);
    }

    @Test
    void anExpiredSessionStartsAnew() throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", CHUNKED), file("b.bin", SINGLE));
        AtomicInteger puts = new AtomicInteger();
        world.graph.faults(request -> {
            if (request.method().equals("PUT") && puts.incrementAndGet() == 2) {
                world.clock.advance(Duration.ofHours(2));
            }
            return GraphFault.NONE;
        });

        GraphMailboxSink sink = world.sink();
        String reference = incomplete(sink, delivery, Remedy.RETRY);
        sink.deliver(resumed(delivery, reference));

        assertWhole(delivery);
        assertThat(world.seen("POST", ".*/createUploadSession")).hasSize(2);
    }

    @Test
    void anUploadThatNeverGetsOnIsIncompleteAndStartsAnewLater() throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", CHUNKED));
        for (int i = 0; i < 20; i++) {
            world.fail("PUT", PUT, Kind.UNAVAILABLE);
        }
        GraphMailboxSink sink = world.sink();

        String reference = incomplete(sink, delivery, Remedy.RETRY);
        world.graph.faults(request -> GraphFault.NONE);
        sink.deliver(resumed(delivery, reference));

        assertWhole(delivery);
    }

    @Test
    void aLargeAttachmentKeepsTheMailboxesBudgetAndSendsNothingTwiceOverSeveralCalls() throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", 20_000_000));
        GraphMailboxSink sink = world.builder().bytesPerFiveMinutes(8_000_000).build();
        Delivery next = delivery;
        int calls = 0;
        for (Throwable thrown = catchThrowable(() -> sink.deliver(delivery)); thrown != null; calls++) {
            assertThat(thrown).isInstanceOf(IncompleteDeliveryException.class);
            world.clock.advance(Duration.ofMinutes(4));
            Delivery rest = resumed(next, ((IncompleteDeliveryException) thrown).reference());
            thrown = catchThrowable(() -> sink.deliver(rest));
        }

        assertWhole(delivery);
        assertThat(calls).isBetween(2, 10);
        assertThat(world.seen("POST", ".*/createUploadSession")).hasSize(1);
        assertThat(world.seen("PUT", PUT)).hasSize(6);
    }

    @Test
    void anUploadOverASlowConnectionLeavesTheRestToTheNextCall() throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", CHUNKED));
        world.graph.faults(request -> {
            if (request.method().equals("PUT")) {
                world.clock.advance(Duration.ofMinutes(2));
            }
            return GraphFault.NONE;
        });
        GraphMailboxSink sink = world.sink();

        String reference = incomplete(sink, delivery, Remedy.RETRY);
        assertThat(world.seen("PUT", PUT)).hasSize(2);
        sink.deliver(resumed(delivery, reference));

        assertWhole(delivery);
        assertThat(world.seen("PUT", PUT)).hasSize(3);
        assertThat(world.sleeper.slept()).as("everything was answered").isEmpty();
    }

    @Test
    void aRefusalWhileSomebodyElsesWriteMayBeUnderWayDoesntShortenItsSettleTime() throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", SINGLE));
        world.fail("POST", ATTACH, GraphFault.appliedLate(Duration.ofSeconds(50)));
        String reference = incomplete(world.sink(), delivery, Remedy.RETRY);
        GraphMailboxSink sink = world.sink();
        world.fail("GET", ATTACH, GraphFault.throttled("1"));
        incomplete(sink, resumed(delivery, reference), Remedy.RETRY);
        world.clock.advance(Duration.ofSeconds(1));

        sink.deliver(resumed(delivery, reference));

        assertWhole(delivery);
    }

    @Test
    void aSettleTimeLongerThanACallIsWaitedForOverSeveralCalls() throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", SINGLE));
        world.fail("POST", ATTACH, Kind.UNAVAILABLE);
        String reference = incomplete(world.sink(), delivery, Remedy.RETRY);
        GraphMailboxSink sink =
                world.builder().settleTime(Duration.ofMinutes(10)).build();

        incomplete(sink, resumed(delivery, reference), Remedy.RETRY);
        world.clock.advance(Duration.ofMinutes(5));
        incomplete(sink, resumed(delivery, reference), Remedy.RETRY);
        world.clock.advance(Duration.ofMinutes(5));
        sink.deliver(resumed(delivery, reference));

        assertWhole(delivery);
    }

    @ParameterizedTest
    @EnumSource(names = {"DONE_THEN_504", "UNAVAILABLE"})
    void aStateWhoseAnswerIsLostIsSetAgain(Kind fault) throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", SINGLE));
        world.fail("PATCH", ".*/messages/.*", fault);
        GraphMailboxSink sink = world.sink();

        String reference = incomplete(sink, delivery, Remedy.RETRY);
        sink.deliver(resumed(delivery, reference));

        assertWhole(delivery);
    }

    @Test
    void aMailboxThatIsFullHalfwayKeepsWhatItHasAndIsResumed() throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", SINGLE));
        world.graph.faults(request -> {
            if (request.path().matches(ATTACH)) {
                world.mailbox.refuseWith(403, "ErrorQuotaExceeded", "Mailbox has exceeded maximum mailbox size.");
            }
            return GraphFault.NONE;
        });
        GraphMailboxSink sink = world.sink();

        String reference = incomplete(sink, delivery, Remedy.RETRY);
        world.graph.faults(request -> GraphFault.NONE);
        world.mailbox.refuseNothing();
        sink.deliver(resumed(delivery, reference));

        assertWhole(delivery);
    }

    @Test
    void aResumptionThatFailsKeepsTheReference() throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", SINGLE));
        world.fail("POST", ATTACH, Kind.UNAVAILABLE);
        GraphMailboxSink sink = world.sink();
        String reference = incomplete(sink, delivery, Remedy.RETRY);

        world.mailbox.refuseWith(503, "ErrorServerBusy", "Busy.");
        assertThat(incomplete(sink, resumed(delivery, reference), Remedy.RETRY)).isEqualTo(reference);
        world.mailbox.refuseWith(403, "ErrorAccessDenied", "No.");
        assertThat(incomplete(sink, resumed(delivery, reference), Remedy.HOLD)).isEqualTo(reference);
        world.mailbox.refuseNothing();
        sink.deliver(resumed(delivery, reference));

        assertWhole(delivery);
    }

    @Test
    void anEmptyAnswerAboutAHalfWrittenMessageDoesntPassForOneWithoutMissingAttachments() throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", SINGLE));
        world.fail("POST", ATTACH, Kind.UNAVAILABLE);
        GraphMailboxSink sink = world.sink();
        String reference = incomplete(sink, delivery, Remedy.RETRY);
        world.fail("GET", ".*/messages/[^/]+", Kind.EMPTY_SUCCESS);

        assertThat(incomplete(sink, resumed(delivery, reference), Remedy.RETRY)).isEqualTo(reference);
        sink.deliver(resumed(delivery, reference));

        assertWhole(delivery);
    }

    @Test
    void aReferenceToSomebodyElsesMessageIsntTouched() throws Exception {
        GraphMailboxSink sink = world.sink();
        String other = sink.deliver(delivery("m0")).reference();

        GraphMailboxSinkFaultTest.assertUnknown(catchThrowable(() ->
                sink.deliver(resumed(delivery("m1", file("a.bin", SINGLE)), other))));

        assertThat(world.archived().attachments()).isEmpty();
    }

    private static String incomplete(GraphMailboxSink sink, Delivery delivery, Remedy remedy) {
        Throwable thrown = catchThrowable(() -> sink.deliver(delivery));
        assertThat(thrown).isInstanceOf(IncompleteDeliveryException.class);
        IncompleteDeliveryException incomplete = (IncompleteDeliveryException) thrown;
        assertThat(incomplete.remedy()).isEqualTo(remedy);
        return incomplete.reference();
    }

    /** One message, complete, and each attachment in it once. */
    private void assertWhole(Delivery delivery) throws Exception {
        assertThat(world.mailbox.messages(FOLDER)).hasSize(1);
        SimulatedMessage message = world.archived();
        assertThat(message.properties()).containsValue("complete").doesNotContainValue("partial");
        assertThat(message.attachments())
                .extracting(SimulatedAttachment::sha256)
                .containsExactlyInAnyOrderElementsOf(delivery.envelope().attachments().stream()
                        .map(AttachmentSummary::sha256)
                        .toList());
        assertThat(world.sink().find(delivery)).isInstanceOf(Lookup.Found.class);
    }
}
