// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples.smsbackup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.RunReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmsBackupArchiveTest {

    private static final Path SAMPLE = Path.of("sample/sms-20261105120000.xml");
    private static final String ADDRESS = "ann.lee@bank.example";

    @TempDir
    private Path temp;

    @Test
    void theSampleIsInItsOwnersMailboxAndTheDraftIsNot() throws Exception {
        RunReport report = archive(SAMPLE);

        assertThat(report.problems()).isEmpty();
        assertThat(report.failures()).isEmpty();
        List<String> mails = mails();
        assertThat(mails).hasSize(8);
        assertThat(mails).noneMatch(mail -> mail.contains("Never sent"));
        assertThat(mails)
                .filteredOn(mail -> mail.contains("Content-Type: image/png"))
                .hasSize(1);
        assertThat(mails).filteredOn(mail -> mail.contains("mavodi-1-abc")).hasSize(1);
    }

    @Test
    void theNextBackupOfThePhoneAddsWhatIsNewAndNothingElse() throws Exception {
        Path backups = Files.createDirectories(temp.resolve("backups"));
        String first = Files.readString(SAMPLE);
        Backup.write(backups, "sms-1.xml", first);
        archive(backups);
        String second = first.replace("contact_name=\"Bob Ray\"", "contact_name=\"Robert Ray\"")
                .replace("count=\"9\"", "count=\"10\"")
                .replace("</smses>", Backup.sms(1_793_880_000_000L, 1, "New") + "</smses>");
        Backup.write(backups, "sms-2.xml", second);

        RunReport report = archive(backups);

        assertThat(report.problems()).isEmpty();
        assertThat(mails()).hasSize(9);
    }

    @Test
    void ofATruncatedBackupNothingIsArchivedAndTheReportSaysWhichFile() throws Exception {
        String whole = Files.readString(SAMPLE);
        Path cut = Backup.write(temp, "sms-cut.xml", whole.substring(0, whole.length() - 300));

        RunReport report = archive(cut);

        assertThat(report.problems())
                .anySatisfy(problem ->
                        assertThat(problem).contains("sms-cut.xml ends before it is complete, after message 8"));
        assertThat(mails()).isEmpty();
    }

    @Test
    void aRefusedBackupDoesNotKeepTheOthersFromTheirMailbox() throws Exception {
        Path backups = Files.createDirectories(temp.resolve("backups"));
        Files.copy(SAMPLE, backups.resolve("sms-2.xml"));
        Backup.write(backups, "sms-1.xml", Backup.declaring(2, Backup.sms(1, 1, "Alone")));

        RunReport report = archive(backups);

        assertThat(report.problems())
                .anySatisfy(problem -> assertThat(problem)
                        .contains("sms-1.xml declares 2 messages and holds 1: nothing of it is archived"));
        assertThat(mails()).hasSize(8);
    }

    @Test
    void theSourceIsUnderSixtyLinesOfCode() throws IOException {
        Path source = Path.of("src/main/java/io/github/celltrustarchive/examples/smsbackup/SmsBackupSource.java");
        List<String> code = Files.readAllLines(source).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("import ") && !line.startsWith("package "))
                .filter(line -> !line.startsWith("//") && !line.startsWith("/*") && !line.startsWith("*"))
                .toList();

        assertThat(code).hasSizeLessThan(60);
    }

    private RunReport archive(Path backups) throws IOException, InterruptedException {
        return SmsBackupArchive.archive(backups, temp.resolve("out"), Backup.OWNER, ADDRESS, new StringBuilder());
    }

    private List<String> mails() throws IOException {
        Path mail = temp.resolve("out/mail");
        if (!Files.exists(mail)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(mail)) {
            return files.filter(file -> file.getParent().endsWith("new"))
                    .map(SmsBackupArchiveTest::read)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
