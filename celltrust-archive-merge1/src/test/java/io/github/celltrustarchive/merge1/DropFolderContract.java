// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.testkit.ManualClock;
import io.github.celltrustarchive.testkit.contract.SourceAdapterContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Six emails, one of them without a date, wherever they lie. */
abstract class DropFolderContract extends SourceAdapterContract {

    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    final ManualClock clock = new ManualClock(NOON.plus(Duration.ofHours(1)));

    @TempDir
    Path scratch;

    Path folder;

    /** Where the n-th email is put. */
    abstract Path place(int number) throws IOException;

    @Override
    protected SourceAdapter open() throws Exception {
        return builder().build();
    }

    Merge1DropSource.Builder builder() throws Exception {
        return Merge1DropSource.builder(folder, Merge1EmlParser.of(Emails.PROFILE))
                .clock(clock);
    }

    @BeforeEach
    void writeEmails() throws IOException {
        folder = Files.createDirectory(scratch.resolve("drop"));
        for (int i = 1; i <= 5; i++) {
            write(i, Emails.withPicture("Hi " + i, "b" + i));
        }
        write(6, Emails.email("Hi").replaceFirst("Date: .*\r\n", "Date: " + MARKER + "\r\n"));
    }

    @Override
    protected List<String> sourceIds() {
        return List.of("Id 1", "Id 2", "Id 3", "Id 4", "Id 5");
    }

    @Override
    protected int badRecords() {
        return 1;
    }

    @Override
    protected void addRecord() throws Exception {
        write(7, Emails.email("Hi 7"));
    }

    @Override
    protected void makeUnreadable() throws Exception {
        Files.move(folder, folder.resolveSibling("away"));
    }

    private void write(int number, String email) throws IOException {
        Path file = place(number);
        Files.createDirectories(file.getParent());
        Files.writeString(file, email.replace("Date:", "X-CellTrust-Message-Id: Id " + number + "\r\nDate:"));
        Files.setLastModifiedTime(file, FileTime.from(NOON.plusSeconds(number)));
    }
}
