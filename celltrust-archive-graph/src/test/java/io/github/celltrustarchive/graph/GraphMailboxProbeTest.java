// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.graph.ProbeReport.Finding;
import io.github.celltrustarchive.graph.ProbeReport.Verdict;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.graph.GraphFault;
import io.github.celltrustarchive.testkit.graph.SimulatedFolder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphMailboxProbeTest {

    private static final String ANN = "ann@bank.example";
    private static final String FOLDER = SinkWorld.FOLDER + "-Probe";
    private static final String MESSAGE = "/v1.0/users/[^/]+/messages/[^/]+";

    @TempDir
    private static Path folder;

    private LoopbackTls tls;
    private SinkWorld world;

    @BeforeEach
    void start() throws Exception {
        tls = LoopbackTls.create(folder);
        world = new SinkWorld(tls, folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void everythingComesBackAndNothingIsLeft() throws Exception {
        int folders = world.mailbox.folders().size();

        ProbeReport report = world.builder().buildProbe().run(ANN, true);

        assertThat(report.findings())
                .hasSizeGreaterThan(25)
                .allSatisfy(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.PASS));
        assertThat(report.left()).isEmpty();
        assertThat(report.passed()).isTrue();
        assertThat(world.mailbox.messages()).isEmpty();
        assertThat(world.mailbox.folders()).hasSize(folders);
        assertThat(world.problems()).isEmpty();
    }

    @Test
    void onlyTheSinksOwnNamedPropertiesAreDefined() throws Exception {
        world.builder().buildProbe().run(ANN, false);

        assertThat(world.mailbox.namedProperties())
                .filteredOn(name -> !name.startsWith("header "))
                .hasSize(2);
        assertThat(world.mailbox.headerNames()).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void anArchiveBesideItIsLeftAlone() throws Exception {
        world.sink().deliver(SinkWorld.delivery("m1"));

        ProbeReport report = world.builder().buildProbe().run(ANN, false);

        assertThat(report.passed()).isTrue();
        assertThat(world.mailbox.messages()).singleElement().isEqualTo(world.archived());
    }

    @Test
    void whatATenantChangesIsToldWithWhatItMeansAndIsRemovedAllTheSame() throws Exception {
        try (MeddlingProxy tenant = new MeddlingProxy(tls, world.graph.root())) {
            tenant.change(
                    "GET",
                    MESSAGE,
                    text -> text.replace("\"isDraft\":false", "\"isDraft\":true")
                            .replaceAll(
                                    "\"receivedDateTime\":\"[^\"]*\"", "\"receivedDateTime\":\"2026-03-02T08:00:00Z\"")
                            .replace("IPM.ExternalData.CellTrust.SMS", "IPM.Note")
                            .replaceAll("\\{\"name\":\"X-[A-Za-z-]*Type\"[^}]*},?", ""));

            ProbeReport report = world.builder(tenant.cloud()).buildProbe().run(ANN, false);

            assertThat(report.passed()).isFalse();
            assertThat(report.findings())
                    .filteredOn(finding -> finding.property().equals("the rest"))
                    .as("what broke the probe off")
                    .isEmpty();
            assertThat(report.findings())
                    .filteredOn(finding -> finding.verdict() == Verdict.DIFFERENT)
                    .extracting(Finding::property)
                    .containsExactlyInAnyOrder("draft", "received date", "message class String 0x001A");
            assertThat(report.findings())
                    .filteredOn(finding -> finding.verdict() == Verdict.MISSING)
                    .extracting(Finding::property)
                    .containsExactlyInAnyOrder("delivery", "header X-CellTrust-Type");
            assertThat(report.findings())
                    .filteredOn(finding -> finding.property().equals("draft"))
                    .singleElement()
                    .extracting(Finding::meaning)
                    .asString()
                    .contains("must not be used");
            assertThat(report.left()).isEmpty();
            assertThat(world.mailbox.messages()).isEmpty();
        }
    }

    @Test
    void whereNothingCanBeDeletedPermanentlyItIsDeletedOtherwise() throws Exception {
        try (MeddlingProxy tenant = new MeddlingProxy(tls, world.graph.root())) {
            String refusal = "{\"error\":{\"code\":\"BadRequest\",\"message\":\"no such action\"}}";
            tenant.answerOnce("POST", ".*/messages/.*/permanentDelete", 400, "application/json", refusal);
            tenant.answerOnce("POST", ".*/mailFolders/.*/permanentDelete", 400, "application/json", refusal);

            ProbeReport report = world.builder(tenant.cloud()).buildProbe().run(ANN, false);

            assertThat(report.left()).isEmpty();
            assertThat(world.seen("DELETE", ".*")).hasSize(2);
            assertThat(world.mailbox.messages()).isEmpty();
        }
    }

    @Test
    void aFolderInWhichSomethingElseIsStays() throws Exception {
        world.sink().deliver(SinkWorld.inFolder(SinkWorld.delivery("m1"), FOLDER));

        ProbeReport report = world.builder().buildProbe().run(ANN, false);

        assertThat(report.left()).singleElement().asString().contains(FOLDER, "something else");
        assertThat(report.passed()).isFalse();
        assertThat(world.mailbox.messages(FOLDER)).hasSize(1);
    }

    @Test
    void anAnswerThatIsLostIsToldAndWhatWasWrittenIsRemoved() throws Exception {
        world.fail("POST", ".*/mailFolders/[^/]+/messages", GraphFault.Kind.DONE_THEN_CLOSED);

        ProbeReport report = world.builder().buildProbe().run(ANN, false);

        assertThat(report.findings())
                .singleElement()
                .extracting(Finding::verdict)
                .isEqualTo(Verdict.MISSING);
        assertThat(report.left()).singleElement().asString().contains("answer was lost");
        assertThat(world.mailbox.messages()).isEmpty();
        assertThat(world.mailbox.folders())
                .extracting(SimulatedFolder::displayName)
                .doesNotContain("CellTrust-Probe");
    }

    @Test
    void aMailboxThatIsNotOursIsToldByTheReason() {
        world.mailbox.refuseWith(403, "ErrorAccessDenied", "Access is denied.");
        GraphMailboxProbe probe = world.builder().buildProbe();

        assertThatThrownBy(() -> probe.run(ANN, false))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("Mail.ReadWrite");
    }

    @Test
    void whatIsNoAddressIsRefused() {
        GraphMailboxProbe probe = world.builder().buildProbe();

        for (String wrong : List.of("", "ann", "ann@bank.example, bob@bank.example")) {
            assertThatThrownBy(() -> probe.run(wrong, false)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
