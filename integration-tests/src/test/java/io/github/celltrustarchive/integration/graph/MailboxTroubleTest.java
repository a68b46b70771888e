// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.graph.TokenSource;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.Selection;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.graph.GraphFault;
import io.github.celltrustarchive.testkit.graph.GraphThrottling;
import io.github.celltrustarchive.testkit.graph.SimulatedFolder;
import io.github.celltrustarchive.testkit.graph.SimulatedMailbox;
import io.github.celltrustarchive.testkit.graph.SimulatedMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mailboxes that are away, full or not ours to write to, and people who tidy up theirs: what becomes of the archive. */
class MailboxTroubleTest {

    private static final String FOLDER = ArchivedDay.PROFILE.folder();
    private static LoopbackTls tls;

    @TempDir
    Path folder;

    private final List<RawRecord> records = new ArrayList<>();
    private GraphArchive world;
    private SimulatedMailbox ann;
    private SimulatedMailbox bob;

    @BeforeAll
    static void makeCertificate(@TempDir Path certificate) throws Exception {
        tls = LoopbackTls.create(certificate);
    }

    @BeforeEach
    void start() throws Exception {
        world = new GraphArchive(tls, folder, List.of("ann", "bob"), GraphThrottling.ofDefaults());
        ann = world.mailbox("ann");
        bob = world.mailbox("bob");
    }

    @AfterEach
    void stop() {
        world.close();
        assertThat(world.graph.unexpected()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "404, MailboxNotEnabledForRESTAPI, The mailbox is either inactive or on-premise., no such mailbox",
        "404, ResourceNotFound, Resource could not be discovered., no such mailbox",
        "403, ErrorAccessDenied, Access is denied., Mail.ReadWrite",
        "403, ErrorQuotaExceeded, Cannot get ID from name., named properties"
    })
    @DisplayName(
            "rows 12 and 13: what a mailbox can't have is held with its reason, others go on, and a release mends it")
    void aMailboxThatRefusesIsHeldAndTheOthersGoOn(int status, String code, String message, String reason)
            throws Exception {
        add("m1", "m2");
        ann.refuseWith(status, code, message);

        RunCounts counts = run();

        assertThat(counts.addsUp()).isTrue();
        assertThat(counts.imported()).isEqualTo(2);
        assertThat(counts.failed()).isEqualTo(2);
        assertThat(bob.messages(FOLDER)).hasSize(2);
        assertThat(world.reasons())
                .isNotEmpty()
                .allSatisfy(text -> assertThat(text).contains(reason).contains(code));

        ann.refuseNothing();
        assertThat(run().imported()).as("held means held").isZero();
        try (ArchivePipeline pipeline = pipeline()) {
            pipeline.release(Selection.all(), "an operator");
        }
        run();

        assertEverythingOnce(2);
    }

    @ParameterizedTest
    @CsvSource({
        "507, QuotaExceededException, Target mailbox quota exceeded.",
        "403, ErrorQuotaExceeded, Mailbox has exceeded maximum mailbox size.",
        "503, ErrorMailboxStoreUnavailable, The mailbox database is temporarily unavailable."
    })
    @DisplayName(
            "rows 11 and 14: a mailbox that is full, or away for hours, gets its messages once it takes them again")
    void aMailboxThatIsFullGetsItsMessagesLater(int status, String code, String message) throws Exception {
        add("m1", "m2");
        ann.refuseWith(status, code, message);

        for (int hour = 0; hour < 5; hour++) {
            RunCounts counts = run();
            assertThat(counts.addsUp()).isTrue();
            assertThat(counts.pending()).isEqualTo(2);
            assertThat(counts.failed()).isZero();
            world.clock.advance(Duration.ofHours(1));
        }
        assertThat(bob.messages(FOLDER)).hasSize(2);
        ann.refuseNothing();
        world.clock.advance(Duration.ofHours(2));
        run();

        assertEverythingOnce(2);
    }

    @Test
    @DisplayName("row 12: refused everywhere, nothing is lost: every delivery is held with its reason")
    void refusedByEveryMailboxNothingIsLost() throws Exception {
        add("m1", "m2");
        world.mailboxes.values().forEach(mailbox -> mailbox.refuseWith(403, "ErrorAccessDenied", "Access is denied."));

        RunCounts counts = run();

        assertThat(counts.failed()).isEqualTo(4);
        assertThat(world.deliveryStates()).isEqualTo(Map.of("HELD", 4));
        world.mailboxes.values().forEach(SimulatedMailbox::refuseNothing);
        try (ArchivePipeline pipeline = pipeline()) {
            pipeline.release(Selection.all(), "an operator");
        }
        run();
        assertEverythingOnce(2);
    }

    @Test
    @DisplayName(
            "row 26: a message that its owner moves while nobody knows whether it was written is found where it is")
    void aMessageThatWasMovedWhileItsOutcomeWasUnknownIsFound() throws Exception {
        add("m1");
        AtomicBoolean lost = new AtomicBoolean();
        world.graph.faults(request -> {
            boolean create = request.method().equals("POST") && request.path().matches(".*/id-ann/.*/messages");
            return create && !lost.getAndSet(true) ? GraphFault.of(GraphFault.Kind.DONE_THEN_504) : GraphFault.NONE;
        });
        try (ArchivePipeline pipeline = pipeline(Duration.ZERO)) {
            pipeline.run();
        }
        world.clock.advance(Duration.ofSeconds(5));
        moveAway(ann.messages(FOLDER).get(0));

        run();

        assertThat(ann.messages()).hasSize(1);
        assertThat(world.deliveryStates()).isEqualTo(Map.of("DELIVERED", 2));
    }

    @Test
    @DisplayName("row 26: what was delivered is not delivered again, whether its owner moves or deletes it")
    void whatItsOwnerMovesOrDeletesIsNotDeliveredAgain() throws Exception {
        add("m1");
        run();
        moveAway(ann.messages(FOLDER).get(0));
        bob.delete(archiveFolder(bob).id());
        world.clock.advance(Duration.ofDays(1));
        add("m2");

        run();

        assertThat(ann.messages()).hasSize(2);
        assertThat(bob.messages()).hasSize(1);
        assertThat(bob.messages(FOLDER)).as("into a new folder").hasSize(1);
        assertThat(world.deliveryStates()).isEqualTo(Map.of("DELIVERED", 4));
    }

    @Test
    @DisplayName("row 25: the folder is known again after its owner has renamed it")
    void aFolderThatItsOwnerRenamedIsGoneOnWith() throws Exception {
        add("m1");
        run();
        ann.rename(archiveFolder(ann).id(), "Text messages");
        world.clock.advance(Duration.ofDays(2));
        add("m2");

        run();

        assertThat(ann.messages("Inbox/Text messages")).hasSize(2);
        assertThat(ann.messages(FOLDER)).isEmpty();
    }

    @Test
    @DisplayName("row 19: a second runner on the same ledger is refused and writes nothing")
    void aSecondRunnerIsRefused() throws Exception {
        add("m1");
        List<Throwable> refusals = new ArrayList<>();
        AtomicBoolean tried = new AtomicBoolean();
        world.graph.faults(request -> {
            if (request.method().equals("POST") && !tried.getAndSet(true)) {
                try (ArchivePipeline second = pipeline()) {
                    second.run();
                } catch (Exception e) {
                    refusals.add(e);
                }
            }
            return GraphFault.NONE;
        });

        run();

        assertThat(refusals).hasSize(1);
        assertEverythingOnce(1);
    }

    private RunCounts run() throws InterruptedException {
        try (ArchivePipeline pipeline = pipeline()) {
            return pipeline.run().counts();
        }
    }

    private ArchivePipeline pipeline() {
        return pipeline(Duration.ofMinutes(2));
    }

    private ArchivePipeline pipeline(Duration patience) {
        TokenSource tokens = world.tokens();
        return world.pipeline(records, world.sink(tokens).build(), tokens)
                .patience(patience)
                .build();
    }

    private void add(String... ids) {
        for (String id : ids) {
            records.add(new RawRecord(
                    "application/json",
                    Content.ofUtf8("{\"id\":\"" + id + "\",\"kind\":\"SMS\",\"direction\":\"inbound\","
                            + "\"sent\":\"2026-11-20T14:03:27Z\",\"from\":{\"email\":\"ann@bank.example\"},"
                            + "\"to\":[{\"email\":\"bob@bank.example\"}],\"text\":\"text of " + id + "\"}"),
                    id));
        }
    }

    private void assertEverythingOnce(int messages) throws Exception {
        assertThat(ann.messages(FOLDER)).hasSize(messages);
        assertThat(bob.messages(FOLDER)).hasSize(messages);
        assertThat(world.deliveryStates()).isEqualTo(Map.of("DELIVERED", messages * 2));
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(messages, messages, 0, 0, 0, 0));
    }

    private static SimulatedFolder archiveFolder(SimulatedMailbox mailbox) {
        return mailbox.folders().stream()
                .filter(each -> each.displayName().equals("CellTrust"))
                .findFirst()
                .orElseThrow();
    }

    /** What the owner does in Outlook. */
    private void moveAway(SimulatedMessage message) throws IOException, InterruptedException {
        String user = "/v1.0/users/" + ann.userId();
        String made = ask(user + "/mailFolders", "{\"displayName\":\"Mine\"}");
        String target = new ObjectMapper().readTree(made).path("id").asText();
        ask(user + "/messages/" + message.immutableId() + "/move", "{\"destinationId\":\"" + target + "\"}");
    }

    private String ask(String path, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(world.graph.root() + path))
                .header("Authorization", "Bearer " + world.graph.newToken())
                .header("Content-Type", "application/json")
                .header("Prefer", "IdType=\"ImmutableId\"")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> response = world.graph.httpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(201);
        return response.body();
    }
}
