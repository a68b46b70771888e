// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.merge1;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.ledger.LedgerVerifier;
import io.github.celltrustarchive.mailbox.MaildirSink;
import io.github.celltrustarchive.mapping.EmailUserMapper;
import io.github.celltrustarchive.merge1.Merge1DropSource;
import io.github.celltrustarchive.merge1.Merge1EmlParser;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.staging.FolderStager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever lies in the drop folder is archived byte for byte, or held with its bytes; nothing is repaired or skipped. */
class AwkwardEmailsTest {

    private static final int KEY_LINE = "X-CellTrust-Archive-Key: ".length() + 64 + 2;

    private final ConnectorProfile profile = ConnectorProfile.builder("merge1")
            .ownedDomains(List.of("bank.example"))
            .build();

    @TempDir
    private Path folder;

    @BeforeEach
    void fill() throws IOException {
        Path drop = Files.createDirectory(folder.resolve("drop"));
        int number = 0;
        for (Map<String, byte[]> emails : List.of(AwkwardEmails.attributable(), AwkwardEmails.held())) {
            for (byte[] email : emails.values()) {
                Files.write(drop.resolve(++number + ".eml"), email);
            }
        }
    }

    @Test
    void eachIsArchivedByteForByteOrHeldWithItsBytes() throws Exception {
        int archived = AwkwardEmails.attributable().size();
        int held = AwkwardEmails.held().size();

        ItemTotals totals = run();

        assertThat(totals).isEqualTo(new ItemTotals(archived + held, archived, 0, held, 0, 0));
        List<byte[]> emails = emails();
        assertThat(emails).hasSize(archived);
        AwkwardEmails.attributable()
                .forEach((name, email) -> assertThat(emails.stream()
                                .filter(eml -> isBehindItsKey(eml, email))
                                .count())
                        .as(name)
                        .isEqualTo(1));
        byte[] stage = stage();
        AwkwardEmails.held()
                .forEach((name, email) ->
                        assertThat(contains(stage, email)).as(name).isTrue());
    }

    @Test
    void nothingIsArchivedAgain() throws Exception {
        ItemTotals first = run();
        List<byte[]> before = emails();
        try (Stream<Path> files = Files.list(folder.resolve("drop"))) {
            for (Path file : files.toList()) {
                Files.copy(file, file.resolveSibling("again-" + file.getFileName()));
            }
        }

        ItemTotals second = run();

        assertThat(second.done()).isEqualTo(first.done());
        assertThat(emails()).hasSameSizeAs(before);
    }

    private ItemTotals run() throws Exception {
        Path database = folder.resolve("ledger.db");
        try (JdbcLedger ledger = JdbcLedger.sqlite(database, new DiskStorage(), Clock.systemUTC());
                ArchivePipeline pipeline = ArchivePipeline.builder(profile)
                        .source(Merge1DropSource.builder(folder.resolve("drop"), Merge1EmlParser.of(profile))
                                .quietPeriod(Duration.ZERO)
                                .build())
                        .mapper(new EmailUserMapper(profile.ownedDomains()))
                        .stager(new FolderStager(folder.resolve("stage")))
                        .sink(MaildirSink.of(folder.resolve("mail")))
                        .ledger(ledger)
                        .pageSize(10)
                        .build()) {
            assertThat(pipeline.run().counts().addsUp()).isTrue();
            assertThat(LedgerVerifier.sqlite(database).problems()).isEmpty();
            return ledger.totals(profile.name());
        }
    }

    private static boolean isBehindItsKey(byte[] eml, byte[] email) {
        return eml.length == KEY_LINE + email.length
                && new String(eml, 0, KEY_LINE, StandardCharsets.US_ASCII)
                        .matches("X-CellTrust-Archive-Key: [0-9a-f]{64}\r\n")
                && Arrays.equals(eml, KEY_LINE, eml.length, email, 0, email.length);
    }

    private List<byte[]> emails() throws IOException {
        List<byte[]> emails = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder.resolve("mail"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String parent = file.getParent().getFileName().toString();
                if (parent.equals("new") || parent.equals("cur")) {
                    emails.add(Files.readAllBytes(file));
                }
            }
        }
        return emails;
    }

    private byte[] stage() throws IOException {
        var all = new java.io.ByteArrayOutputStream();
        try (Stream<Path> files = Files.walk(folder.resolve("stage"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.writeBytes(Files.readAllBytes(file));
            }
        }
        return all.toByteArray();
    }

    private static boolean contains(byte[] all, byte[] part) {
        String haystack = new String(all, StandardCharsets.ISO_8859_1);
        return haystack.contains(new String(part, StandardCharsets.ISO_8859_1));
    }
}
