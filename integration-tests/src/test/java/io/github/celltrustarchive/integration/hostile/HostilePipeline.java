// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.hostile;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.integration.EmailReaders;
import io.github.celltrustarchive.integration.ReadEmail;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.ledger.LedgerVerifier;
import io.github.celltrustarchive.mailbox.MaildirSink;
import io.github.celltrustarchive.mapping.EmailUserMapper;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.report.HtmlReport;
import io.github.celltrustarchive.report.StatusLog;
import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.staging.FolderStager;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** JSON Lines in; Maildir, status log, CSV and HTML out. Nothing in between is replaced. */
final class HostilePipeline {

    static final String NEIGHBOUR = record("neighbour", "\"text\":\"an ordinary text\"");

    private final Path folder;
    private final ByteArrayOutputStream export = new ByteArrayOutputStream();

    /** What a run left behind. */
    record Result(
            RunReport report, ItemTotals totals, List<ReadEmail> emails, List<byte[]> emls, String csv, String html) {

        /** The emails' values of a header field, in no order. */
        List<String> header(String name) {
            return emails.stream()
                    .flatMap(email -> email.headers().stream())
                    .filter(header -> header.name().equals(name))
                    .map(ReadEmail.Header::value)
                    .toList();
        }
    }

    HostilePipeline(Path folder) {
        this.folder = folder;
    }

    /** A record from one employee to another, with further or other fields as JSON. */
    static String record(String id, String more) {
        return "{\"id\":\"" + id + "\",\"kind\":\"SMS\",\"sent\":\"2026-03-01T10:15:30Z\","
                + "\"from\":{\"name\":\"Ann Lee\",\"email\":\"ann@bank.example\"},"
                + "\"to\":[{\"name\":\"Bob Ray\",\"phone\":\"+12025550100\"}]," + more + "}";
    }

    HostilePipeline line(String line) throws IOException {
        return line(line.getBytes(StandardCharsets.UTF_8));
    }

    HostilePipeline line(byte[] line) throws IOException {
        export.write(line);
        export.write('\n');
        return this;
    }

    /** Archives what was added so far. */
    Result run() throws Exception {
        Path file = Files.write(folder.resolve("export.jsonl"), export.toByteArray());
        Path mail = folder.resolve("mail");
        ConnectorProfile profile = ConnectorProfile.builder("hostile")
                .ownedDomains(List.of("bank.example"))
                .build();
        StringBuilder csv = new StringBuilder();
        StringBuilder html = new StringBuilder();
        Path database = folder.resolve("ledger.db");
        try (JdbcLedger ledger = JdbcLedger.sqlite(database, new DiskStorage(), Clock.systemUTC());
                ArchivePipeline pipeline = ArchivePipeline.builder(profile)
                        .source(JsonLinesSource.of(file))
                        .mapper(new EmailUserMapper(profile.ownedDomains()))
                        .stager(new FolderStager(folder.resolve("stage")))
                        .sink(MaildirSink.of(mail))
                        .ledger(ledger)
                        .build()) {
            RunReport report = pipeline.run();
            StatusLog.of(report, ledger).writeCsv(csv);
            HtmlReport.of(report, ledger).write(html);
            List<byte[]> emls = emls(mail);
            List<ReadEmail> emails = new ArrayList<>();
            for (byte[] eml : emls) {
                emails.add(EmailReaders.mime4j(eml));
            }
            List<String> problems = LedgerVerifier.sqlite(database).problems();
            if (!problems.isEmpty()) {
                throw new AssertionError("the ledger doesn't verify: " + problems);
            }
            return new Result(report, ledger.totals(profile.name()), emails, emls, csv.toString(), html.toString());
        }
    }

    /** Every file and folder of the archive, relative to it. */
    List<String> paths() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(path -> folder.relativize(path).toString()).toList();
        }
    }

    private static List<byte[]> emls(Path mail) throws IOException {
        List<byte[]> emls = new ArrayList<>();
        if (Files.exists(mail)) {
            try (Stream<Path> files = Files.walk(mail)) {
                for (Path file : files.filter(Files::isRegularFile)
                        .filter(HostilePipeline::isNew)
                        .toList()) {
                    emls.add(Files.readAllBytes(file));
                }
            }
        }
        return emls;
    }

    private static boolean isNew(Path file) {
        return List.of("new", "cur").contains(file.getParent().getFileName().toString());
    }
}
