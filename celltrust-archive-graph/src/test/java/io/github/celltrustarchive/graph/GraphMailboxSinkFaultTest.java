// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import static io.github.celltrustarchive.graph.SinkWorld.FOLDER;
import static io.github.celltrustarchive.graph.SinkWorld.START;
import static io.github.celltrustarchive.graph.SinkWorld.delivery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ArchiveException.Remedy;
import io.github.celltrustarchive.spi.IncompleteDeliveryException;
import io.github.celltrustarchive.testkit.graph.GraphFault;
import io.github.celltrustarchive.testkit.graph.GraphFault.Kind;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a message whose creation goes wrong: the outcome is what is certain, and never more than that. */
class GraphMailboxSinkFaultTest extends SinkFixture {

    private static final String CREATE = ".*/mailFolders/[^/]+/messages";

    @ParameterizedTest
    @EnumSource(names = {"DONE_THEN_504", "DONE_THEN_CLOSED"})
    void aMessageWhoseAnswerIsLostHasAnUnknownOutcomeAndIsFound(Kind fault) throws Exception {
        Delivery delivery = delivery("m1");
        world.fail("POST", CREATE, fault);
        GraphMailboxSink sink = world.sink();

        assertUnknown(catchThrowable(() -> sink.deliver(delivery)));

        assertThat(sink.find(delivery)).isInstanceOf(Lookup.Found.class);
        assertThat(world.mailbox.messages(FOLDER)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "EMPTY_SUCCESS"})
    void anAnswerThatProvesNothingIsAnUnknownOutcomeToo(Kind fault) throws Exception {
        Delivery delivery = delivery("m1");
        world.fail("POST", CREATE, fault);
        GraphMailboxSink sink = world.sink();

        assertUnknown(catchThrowable(() -> sink.deliver(delivery)));

        assertThat(sink.find(delivery)).isEqualTo(Lookup.absent());
    }

    @Test
    void aMessageThatComesLateIsAbsentAndThenFound() throws Exception {
        Delivery delivery = delivery("m1");
        world.fail("POST", CREATE, GraphFault.appliedLate(Duration.ofSeconds(50)));
        GraphMailboxSink sink = world.sink();
        assertUnknown(catchThrowable(() -> sink.deliver(delivery)));

        assertThat(sink.find(delivery)).isEqualTo(Lookup.absent());
        world.clock.advance(sink.traits().settleTime());
        assertThat(sink.find(delivery)).isInstanceOf(Lookup.Found.class);
    }

    @ParameterizedTest
    @CsvSource({"17, 17", "'', 10", "0, 1", "-1, 10", "soon, 10", "99999999, 3600"})
    void throttlingHoldsTheWholeMailboxBackUntilTheTimeThatGraphNames(String retryAfter, long seconds)
            throws Exception {
        world.fail("POST", CREATE, GraphFault.throttled(retryAfter));
        GraphMailboxSink sink = world.sink();

        assertArchiveException(
                catchThrowable(() -> sink.deliver(delivery("m1"))), Remedy.RETRY, Duration.ofSeconds(seconds));

        int before = world.graph.requests().size();
        assertArchiveException(
                catchThrowable(() -> sink.deliver(delivery("m2"))), Remedy.RETRY, Duration.ofSeconds(seconds));
        assertThat(world.graph.requests()).as("nothing is asked meanwhile").hasSize(before);
        world.clock.advance(Duration.ofSeconds(seconds));
        sink.deliver(delivery("m1"));
        assertThat(world.mailbox.messages(FOLDER)).hasSize(1);
    }

    @Test
    void aTokenThatHasJustExpiredIsRenewedAndNobodyNotices() throws Exception {
        world.fail("POST", CREATE, Kind.TOKEN_REFUSED);

        world.sink().deliver(delivery("m1"));

        assertThat(world.mailbox.messages(FOLDER)).hasSize(1);
    }

    @Test
    void aTokenThatIsRefusedTwiceEndsTheRun() {
        world.fail("POST", CREATE, Kind.TOKEN_REFUSED, Kind.TOKEN_REFUSED);

        assertArchiveException(catchThrowable(() -> world.sink().deliver(delivery("m1"))), Remedy.STOP, null);
    }

    @ParameterizedTest
    @CsvSource({
        "403, ErrorQuotaExceeded, Cannot get ID from name., HOLD, named properties",
        "403, ErrorQuotaExceeded, Mailbox has exceeded maximum mailbox size., RETRY, mailbox is full",
        "507, QuotaExceededException, Target mailbox quota exceeded., RETRY, mailbox is full",
        "403, ErrorAccessDenied, Access is denied., HOLD, Mail.ReadWrite",
        "404, MailboxNotEnabledForRESTAPI, The mailbox is inactive., HOLD, no such mailbox",
        "404, ResourceNotFound, Resource could not be discovered., HOLD, no such mailbox",
        "413, ErrorMessageSizeExceeded, Too large., HOLD, too large",
        "400, ErrorPropertyValidationFailure, No., HOLD, refuses the request",
        "500, ErrorMessagePerFolderCountReceiveQuotaExceeded, Too many., HOLD, too many messages"
    })
    void aRefusalSaysWhatToDo(int status, String code, String message, Remedy remedy, String text) throws Exception {
        GraphMailboxSink sink = world.sink();
        sink.deliver(delivery("m0"));
        world.mailbox.refuseWith(status, code, message);

        Throwable thrown = catchThrowable(() -> sink.deliver(delivery("m1")));

        assertArchiveException(thrown, remedy, null);
        assertThat(thrown).hasMessageContaining(text).hasMessageContaining(code).hasMessageContaining("request-id");
        assertThat(world.mailbox.messages()).hasSize(1);
    }

    @Test
    void aMailboxThatIsRefusedAtTheFolderIsRefusedInTheSameWords() {
        world.mailbox.refuseWith(403, "ErrorAccessDenied", "Access is denied.");

        assertArchiveException(catchThrowable(() -> world.sink().deliver(delivery("m1"))), Remedy.HOLD, null);
    }

    @Test
    void troubleBeforeTheMessageIsSentIsNoUnknownOutcome() {
        world.mailbox.refuseWith(503, "ErrorServerBusy", "Busy.");

        assertArchiveException(catchThrowable(() -> world.sink().deliver(delivery("m1"))), Remedy.RETRY, null);
    }

    @Test
    void whereThereIsNoConnectionNothingWasSent() {
        MicrosoftCloud nowhere = MicrosoftCloud.GLOBAL.withGraph(URI.create("https://localhost:1"));
        GraphMailboxSink sink = GraphMailboxSink.builder(nowhere, world.tokens(), SinkWorld.PROFILE)
                .httpClient(world.client())
                .build();

        assertArchiveException(catchThrowable(() -> sink.deliver(delivery("m1"))), Remedy.RETRY, null);
    }

    @Test
    void whereThereIsNoTokenNothingWasSentAndTheAuthoritysWordsStayOutOfIt() {
        GraphMailboxSink sink = GraphMailboxSink.builder(
                        world.cloud(),
                        (scope, refused) -> {
                            throw new IOException("canary-of-the-authority");
                        },
                        SinkWorld.PROFILE)
                .httpClient(world.client())
                .build();

        Throwable thrown = catchThrowable(() -> sink.deliver(delivery("m1")));

        assertArchiveException(thrown, Remedy.RETRY, null);
        assertThat(thrown).message().doesNotContain("canary");
    }

    @Test
    void aFolderThatIsGoneIsLookedUpAnewOnceAndOnlyOnce() throws Exception {
        GraphMailboxSink sink = world.sink();
        sink.deliver(delivery("m1"));
        world.mailbox.delete(world.folder("CellTrust").id());

        sink.deliver(delivery("m2"));
        assertThat(world.mailbox.messages(FOLDER)).hasSize(1);

        world.fail("POST", CREATE, Kind.NOT_FOUND_YET, Kind.NOT_FOUND_YET);
        int before = world.seen("POST", CREATE).size();
        assertArchiveException(catchThrowable(() -> sink.deliver(delivery("m3"))), Remedy.RETRY, null);
        assertThat(world.seen("POST", CREATE)).hasSize(before + 2);
    }

    @Test
    void theMailboxesOwnBudgetIsKept() throws Exception {
        GraphMailboxSink sink = world.builder().requestsPerTenMinutes(20).build();
        Throwable thrown = null;
        int delivered = 0;
        while (thrown == null) {
            int number = delivered;
            thrown = catchThrowable(() -> sink.deliver(delivery("m" + number)));
            delivered += thrown == null ? 1 : 0;
        }

        assertThat(thrown)
                .isInstanceOfSatisfying(
                        ArchiveException.class,
                        e -> assertThat(e.notBefore())
                                .hasValueSatisfying(time -> assertThat(time).isAfter(START)));
        assertThat(world.graph.requests()).hasSizeLessThanOrEqualTo(20);
        assertThat(world.mailbox.messages(FOLDER)).hasSize(delivered).isNotEmpty();
    }

    @Test
    void aSearchThatGoesWrongIsNoAbsence() throws Exception {
        GraphMailboxSink sink = world.sink();
        sink.deliver(delivery("m1"));
        world.fail("GET", ".*/messages", Kind.UNAVAILABLE);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> sink.find(delivery("m1")));
        world.fail("GET", ".*/messages", Kind.EMPTY_SUCCESS);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> sink.find(delivery("m1")));
        world.fail("GET", ".*/messages", Kind.THROTTLED);
        assertThatExceptionOfType(ArchiveException.class).isThrownBy(() -> sink.find(delivery("m1")));
    }

    static void assertUnknown(Throwable thrown) {
        assertThat(thrown).isInstanceOf(IOException.class).isNotInstanceOf(IncompleteDeliveryException.class);
    }

    private void assertArchiveException(Throwable thrown, Remedy remedy, Duration wait) {
        assertThat(thrown).isInstanceOfSatisfying(ArchiveException.class, e -> {
            assertThat(e.remedy()).isEqualTo(remedy);
            if (wait != null) {
                assertThat(e.notBefore()).contains(world.clock.instant().plus(wait));
            }
        });
    }
}
