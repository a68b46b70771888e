// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.mailbox.MaildirSink;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.RunFailure;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.model.SizePolicy;
import io.github.celltrustarchive.report.StatusLog;
import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.staging.FolderStager;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is over the size policy, from the export to mailbox, pack and status log, at the very byte. */
class SizePolicyTest {

    private static final int TEN_MB = 10_485_760;
    private static final int LIMIT = 1000;

    @TempDir
    Path folder;

    private Path media;

    @BeforeEach
    void makeFolders() throws IOException {
        media = Files.createDirectories(folder.resolve("media"));
    }

    @Test
    void tenMegabytesArriveAndOneByteMoreIsNamedInTheEmailAndKeptInThePack() throws Exception {
        attachment("fits.bin", TEN_MB - "one".length());
        attachment("big.bin", TEN_MB + 1);
        message("m-1", "one", "fits.bin");
        message("m-2", "two", "big.bin");

        Outcome outcome = run(SizePolicy.connectorCompatible());

        assertThat(outcome.report().counts()).isEqualTo(new RunCounts(2, 4, 2, 2, 0, 0, 0));
        assertThat(outcome.statusLog()).contains("Items partially imported:     2");
        assertThat(outcome.report().failures()).isEmpty();
        assertThat(sizes(email("m-1"))).containsExactly(TEN_MB - 3);
        assertThat(sizes(email("m-2"))).isEmpty();
        assertThat(notes(email("m-2")))
                .singleElement()
                .asString()
                .contains("File name: big.bin", "Size: 10,485,761 bytes", "SHA-256: " + sha256("big.bin"));
        assertThat(packedParts()).contains(sha256("big.bin"), sha256("fits.bin"));
    }

    @Test
    void anAttachmentOfTheLimitIsInAndOneByteMoreIsLeftOut() throws Exception {
        attachment("limit.bin", LIMIT);
        attachment("over.bin", LIMIT + 1);
        message("m-1", "", "limit.bin", "over.bin");

        Outcome outcome = run(new SizePolicy(LIMIT, 10 * LIMIT));

        assertThat(sizes(email("m-1"))).containsExactly(LIMIT);
        assertThat(notes(email("m-1"))).singleElement().asString().contains("over.bin");
        assertThat(outcome.report().counts()).isEqualTo(new RunCounts(1, 2, 0, 2, 0, 0, 0));
    }

    @Test
    void attachmentsThatAddUpToTheLimitAreAllIn() throws Exception {
        attachment("a.bin", 600);
        attachment("b.bin", LIMIT - 600 - "text".length());
        message("m-1", "text", "a.bin", "b.bin");

        Outcome outcome = run(new SizePolicy(LIMIT, LIMIT));

        assertThat(sizes(email("m-1"))).containsExactly(600, 396);
        assertThat(outcome.report().counts()).isEqualTo(new RunCounts(1, 2, 2, 0, 0, 0, 0));
    }

    @Test
    void theAttachmentThatBringsTheSumOneByteOverIsLeftOutAndASmallerOneBehindItIsIn() throws Exception {
        attachment("a.bin", 600);
        attachment("b.bin", LIMIT - 600 - "text".length() + 1);
        attachment("c.bin", LIMIT - 600 - "text".length());
        message("m-1", "text", "a.bin", "b.bin", "c.bin");

        Outcome outcome = run(new SizePolicy(LIMIT, LIMIT));

        assertThat(sizes(email("m-1"))).containsExactly(600, 396);
        assertThat(notes(email("m-1"))).singleElement().asString().contains("b.bin", "397 bytes");
        assertThat(outcome.report().counts()).isEqualTo(new RunCounts(1, 2, 0, 2, 0, 0, 0));
        assertThat(packedParts()).contains(sha256("b.bin"));
    }

    @Test
    void aTextOfTheLimitArrivesAndOneByteMoreFailsAsItemSizeExceeded() throws Exception {
        message("m-1", "x".repeat(LIMIT - 2) + "\u00e9");
        message("m-2", "x".repeat(LIMIT - 1) + "\u00e9");

        Outcome outcome = run(new SizePolicy(LIMIT, LIMIT));

        assertThat(outcome.report().counts()).isEqualTo(new RunCounts(2, 3, 2, 0, 0, 1, 0));
        assertThat(outcome.report().failures())
                .singleElement()
                .extracting(RunFailure::reason)
                .asString()
                .startsWith("item size exceeded: the text has 1001 bytes")
                .contains("1000", "release the item");
        assertThat(outcome.statusLog()).contains("item size exceeded");
        assertThat(emails()).hasSize(2).allMatch(email -> email.contains("Message-Id: m-1"), "is m-1");
    }

    @Test
    void aSinkThatDoesNotKnowWhatWasLeftOutDoesNotMakeItImportedWhole() throws Exception {
        attachment("over.bin", LIMIT + 1);
        message("m-1", "text", "over.bin");
        MailboxSink ignorant = new MailboxSink() {
            @Override
            public Receipt deliver(Delivery delivery) {
                return new Receipt(Receipt.Status.IMPORTED, "somewhere");
            }

            @Override
            public Lookup find(Delivery delivery) {
                return Lookup.absent();
            }
        };

        Outcome outcome = run(new SizePolicy(LIMIT, 10 * LIMIT), ignorant);

        assertThat(outcome.report().counts()).isEqualTo(new RunCounts(1, 2, 0, 2, 0, 0, 0));
    }

    private record Outcome(RunReport report, String statusLog) {}

    private Outcome run(SizePolicy policy) throws IOException, InterruptedException {
        return run(policy, MaildirSink.of(folder.resolve("mail")));
    }

    private Outcome run(SizePolicy policy, MailboxSink sink) throws IOException, InterruptedException {
        ConnectorProfile profile = ConnectorProfile.builder("sizes")
                .ownedDomains(List.of("example.com"))
                .sizePolicy(policy)
                .build();
        try (JdbcLedger ledger = JdbcLedger.sqlite(folder.resolve("ledger.db"), new DiskStorage(), Clock.systemUTC());
                ArchivePipeline pipeline = ArchivePipeline.builder(profile)
                        .source(JsonLinesSource.of(folder.resolve("export.jsonl")))
                        .stager(new FolderStager(folder.resolve("stage")))
                        .sink(sink)
                        .ledger(ledger)
                        .build()) {
            RunReport report = pipeline.run();
            StringBuilder log = new StringBuilder();
            StatusLog.of(report, ledger).writeText(log);
            return new Outcome(report, log.toString());
        }
    }

    private void attachment(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) name.charAt(0));
        Files.write(media.resolve(name), bytes);
    }

    private void message(String id, String text, String... files) throws IOException {
        List<String> attachments = new ArrayList<>();
        for (String file : files) {
            attachments.add("{\"name\":\"" + file + "\",\"type\":\"application/x-test\",\"file\":\"" + file + "\"}");
        }
        String line = "{\"id\":\"" + id + "\",\"kind\":\"MMS\",\"direction\":\"inbound\","
                + "\"sent\":\"2026-11-20T14:03:27Z\",\"from\":{\"email\":\"ann@example.com\"},"
                + "\"to\":[{\"email\":\"bob@example.com\"}],\"text\":\"" + text + "\",\"attachments\":["
                + String.join(",", attachments) + "]}\n";
        Files.writeString(folder.resolve("export.jsonl"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** One participant's copy of a message. */
    private Multipart email(String id) throws IOException, MessagingException {
        String bytes = emails().stream()
                .filter(email -> email.contains("Message-Id: " + id))
                .findFirst()
                .orElseThrow();
        MimeMessage message = new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(bytes.getBytes(StandardCharsets.US_ASCII)));
        return (Multipart) message.getContent();
    }

    private List<String> emails() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("mail"))) {
            List<String> emails = new ArrayList<>();
            for (Path file :
                    files.filter(file -> file.getParent().endsWith("new")).toList()) {
                emails.add(Files.readString(file));
            }
            return emails;
        }
    }

    /** The sizes of its attachments. */
    private static List<Integer> sizes(Multipart email) throws IOException, MessagingException {
        List<Integer> sizes = new ArrayList<>();
        for (BodyPart part : parts(email, "attachment")) {
            try (InputStream in = part.getInputStream()) {
                sizes.add(in.readAllBytes().length);
            }
        }
        return sizes;
    }

    /** What stands in for attachments that were left out. */
    private static List<Object> notes(Multipart email) throws IOException, MessagingException {
        List<Object> notes = new ArrayList<>();
        for (BodyPart part : parts(email, "inline")) {
            notes.add(part.getContent());
        }
        return notes;
    }

    private static List<BodyPart> parts(Multipart email, String disposition) throws MessagingException {
        List<BodyPart> parts = new ArrayList<>();
        for (int i = 0; i < email.getCount(); i++) {
            if (disposition.equals(email.getBodyPart(i).getDisposition())) {
                parts.add(email.getBodyPart(i));
            }
        }
        return parts;
    }

    private String sha256(String attachment) throws IOException {
        return digest(Files.readAllBytes(media.resolve(attachment)));
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** The digests of all attachment files that lie in packs. */
    private List<String> packedParts() throws IOException {
        List<String> digests = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder.resolve("stage"))) {
            for (Path pack :
                    files.filter(file -> file.toString().endsWith(".zip")).toList()) {
                try (ZipFile zip = new ZipFile(pack.toFile())) {
                    for (ZipEntry entry : zip.stream()
                            .filter(e -> e.getName().contains("/part-"))
                            .toList()) {
                        digests.add(digest(zip.getInputStream(entry).readAllBytes()));
                    }
                }
            }
        }
        return digests;
    }
}
