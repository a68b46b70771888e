// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.spy;

import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.io.NewFile;
import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.model.RunFailure;
import io.github.celltrustarchive.model.RunReport;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.InOrder;

class StatusLogFilesTest {

    private static final String NAME = "status-sms-20261124T000005Z-run7";

    private final RunReport report = Rows.report(Rows.COUNTS, "no answer");
    private final Rows rows = new Rows(new RunFailure("m-12", "zoë@example.test", "", "no mailbox"));

    @TempDir
    private Path temp;

    @Test
    void aRunIsKeptInFourFormatsUnderANameThatSorts() throws IOException {
        Path folder = temp.resolve("logs/status");

        List<Path> files = StatusLogFiles.write(folder, new DiskStorage(), report, rows);

        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactly(NAME + ".txt", NAME + ".csv", NAME + ".json", NAME + ".html");
        assertThat(names(folder)).containsExactly(NAME + ".csv", NAME + ".html", NAME + ".json", NAME + ".txt");
        StringBuilder text = new StringBuilder();
        StatusLog.of(report, rows).writeText(text);
        assertThat(files.get(0)).hasContent(text.toString());
        assertThat(files.get(0)).content().contains("zoë@example.test");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void onlyTheOwnerMayReadThem() throws IOException {
        Path folder = temp.resolve("status");

        for (Path file : StatusLogFiles.write(folder, new DiskStorage(), report, rows)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void whatIsThereIsKeptAndWhatIsMissingIsAdded() throws IOException {
        List<Path> files = StatusLogFiles.write(temp, new DiskStorage(), report, rows);
        Files.writeString(files.get(0), "as it was");
        Files.delete(files.get(1));
        Files.writeString(temp.resolve("." + NAME + ".csv.part"), "left by a process that died");

        List<Path> again = StatusLogFiles.write(temp, new DiskStorage(), report, rows);

        assertThat(again).isEqualTo(files);
        assertThat(files.get(0)).hasContent("as it was");
        assertThat(files.get(1)).content().startsWith("Import completion time (UTC),");
        assertThat(names(temp)).hasSize(4);
    }

    @Test
    @DisplayName(
            "invariant 11: a file gets its name after its bytes are on disk, and the name is forced before it is told")
    void aFileIsPublishedWhole() throws IOException {
        List<NewFile> created = new ArrayList<>();
        Storage storage = spy(new DiskStorage());
        doAnswer(call -> {
                    created.add(spy((NewFile) call.callRealMethod()));
                    return created.get(created.size() - 1);
                })
                .when(storage)
                .create(any());

        StatusLogFiles.write(temp, storage, report, rows);

        Path part = temp.resolve("." + NAME + ".json.part");
        InOrder order = inOrder(storage, created.get(2));
        order.verify(storage).create(part);
        order.verify(created.get(2)).force();
        order.verify(storage).link(part, temp.resolve(NAME + ".json"));
        order.verify(storage, atLeastOnce()).forceDirectory(temp);
    }

    @Test
    void aLedgerThatFailsHalfwayLeavesNothing() throws IOException {
        Rows broken = new Rows() {
            @Override
            public Stream<RunFailure> failures(String connector, long run) {
                return Stream.of(1, 2).map(row -> {
                    if (row == 2) {
                        throw new IllegalStateException("the ledger is gone");
                    }
                    return new RunFailure("m-1", "", "", "reason");
                });
            }
        };

        assertThatThrownBy(() -> StatusLogFiles.write(temp, new DiskStorage(), report, broken))
                .hasMessage("the ledger is gone");

        assertThat(names(temp)).isEmpty();
    }

    @Test
    void aDiskThatRefusesIsToldAndTheNextCallGoesOn() throws IOException {
        Storage storage = spy(new DiskStorage());
        doThrow(new FileSystemException("no space"))
                .doCallRealMethod()
                .when(storage)
                .link(any(), any());

        assertThatThrownBy(() -> StatusLogFiles.write(temp, storage, report, rows))
                .isInstanceOf(FileSystemException.class);
        assertThat(names(temp)).isEmpty();

        assertThat(StatusLogFiles.write(temp, storage, report, rows)).allMatch(Files::exists);
    }

    @Test
    @DisplayName("invariant 23: a connector's name leads nowhere else")
    void aNameThatIsAPathIsRefused() throws IOException {
        RunReport elsewhere = new RunReport(
                "../sms", 7, "run", Instant.EPOCH, Instant.EPOCH, false, Rows.COUNTS, List.of(), List.of());

        assertThatThrownBy(() -> StatusLogFiles.write(temp, new DiskStorage(), elsewhere, rows))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(names(temp)).isEmpty();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
