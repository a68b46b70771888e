// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.SourcePage;
import io.github.celltrustarchive.testkit.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SftpFolderTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final ManualClock clock = new ManualClock(NOON.plus(Duration.ofHours(1)));

    @TempDir
    private Path scratch;

    private Path drop;
    private LoopbackSftp server;

    @BeforeEach
    void start() throws IOException {
        drop = Files.createDirectories(scratch.resolve("server/drop"));
        server = new LoopbackSftp(scratch.resolve("server"));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void aBrokenConnectionIsOpenedAgain() throws Exception {
        put("day/a.eml", NOON);
        put("day/b.eml", NOON.plusSeconds(1));
        try (SftpFolder folder = server.open("/drop")) {
            Merge1DropSource source = source(folder).build();
            try (SourcePage first = source.read(Checkpoint.START, 1)) {
                server.breakConnections();
                assertThat(text(first))
                        .as("a page that was read outlives its connection")
                        .contains("a.eml");
                assertThat(text(readPatiently(source, first.next()))).contains("b.eml");
            }
        }
    }

    @Test
    void copiesLieInOneFileThatIsGoneAtOnce() throws Exception {
        put("a.eml", NOON);
        put("b.eml", NOON.plusSeconds(1));
        Path temporary = Files.createDirectory(scratch.resolve("temporary"));
        try (SftpFolder folder = server.open("/drop")) {
            Merge1DropSource source =
                    source(folder).temporaryFolder(temporary).maxPageBytes(10).build();
            try (SourcePage page = source.read(Checkpoint.START, 10);
                    Stream<Path> files = Files.list(temporary)) {
                assertThat(page.records())
                        .as("a page ends when it has enough bytes")
                        .hasSize(1);
                assertThat(page.more()).isTrue();
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void aTemporaryFolderThatCannotBeUsedIsNotTheEmailsFault() throws Exception {
        put("a.eml", NOON);
        put("b.eml", NOON);
        try (SftpFolder folder = server.open("/drop")) {
            Merge1DropSource source =
                    source(folder).temporaryFolder(scratch.resolve("missing")).build();
            assertThatThrownBy(() -> source.read(Checkpoint.START, 10))
                    .hasMessage("the drop folder: emails can't be copied into a temporary file here"
                            + " (NoSuchFileException): make room, or choose another temporaryFolder");
        }
    }

    @Test
    void archivedEmailsMoveOnTheServer() throws Exception {
        put("day/a.eml", NOON);
        put("Archived/day/a.eml", NOON);
        try (SftpFolder folder = server.open("/drop")) {
            Merge1DropSource source = source(folder).moveArchived("Archived").build();
            try (SourcePage page = source.read(Checkpoint.START, 10)) {
                assertThat(page.records()).hasSize(1);
                source.acknowledge(page.next());
            }
        }
        assertThat(drop.resolve("day/a.eml")).doesNotExist();
        assertThat(drop.resolve("Archived/day/a-2.eml")).exists();
    }

    @Test
    void aServerThatIsGoneIsNotAskedForEachArchivedEmail() throws Exception {
        put("a.eml", NOON);
        put("b.eml", NOON);
        try (SftpFolder folder = server.open("/drop")) {
            Merge1DropSource source = source(folder).deleteArchived().build();
            try (SourcePage page = source.read(Checkpoint.START, 10)) {
                server.close();
                assertThatThrownBy(() -> source.acknowledge(page.next()))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("the drop folder can't be reached");
            }
        }
        assertThat(drop.resolve("a.eml")).exists();
    }

    @Test
    void linksOnTheServerAreNotFollowed() throws Exception {
        Path outside = Files.createDirectory(scratch.resolve("server/outside"));
        Files.writeString(outside.resolve("x.eml"), "x");
        Files.createSymbolicLink(drop.resolve("day"), outside);
        Files.createSymbolicLink(drop.resolve("x.eml"), outside.resolve("x.eml"));
        try (SftpFolder folder = server.open("/drop");
                SourcePage page = source(folder).build().read(Checkpoint.START, 10)) {
            assertThat(page.records()).isEmpty();
        }
    }

    @Test
    void aServerWithAnotherKeyIsRefused() {
        assertThatThrownBy(() -> server.client()
                        .hostKeyFingerprint("SHA256:" + "A".repeat(43))
                        .password(Secret.of(LoopbackSftp.PASSWORD))
                        .open("/drop"))
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.STOP))
                .hasMessageContaining("key isn't the known one");
    }

    @Test
    void knownHostsTellTheServersKeyAndAreNeverWritten() throws Exception {
        Path known = Files.writeString(scratch.resolve("known_hosts"), server.knownHost());
        try (SftpFolder folder = server.client()
                .knownHosts(known)
                .password(Secret.of(LoopbackSftp.PASSWORD))
                .open("/drop")) {
            assertThat(folder.path()).isDirectory();
        }
        Path empty = Files.writeString(scratch.resolve("empty"), "");
        assertThatThrownBy(() -> server.client()
                        .knownHosts(empty)
                        .password(Secret.of(LoopbackSftp.PASSWORD))
                        .open("/drop"))
                .isInstanceOf(ArchiveException.class);
        assertThat(empty).isEmptyFile();
    }

    @Test
    void aPrivateKeyOpensTheDoorToo() throws Exception {
        OpenSSHKeyEncryptionContext encryption = new OpenSSHKeyEncryptionContext();
        encryption.setPassword("Zq7-passphrase-Zq7");
        encryption.setCipherType("256");
        for (OpenSSHKeyEncryptionContext context : new OpenSSHKeyEncryptionContext[] {null, encryption}) {
            ByteArrayOutputStream key = new ByteArrayOutputStream();
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(server.userKey, "test", context, key);
            SftpFolder.Builder client = server.client()
                    .hostKeyFingerprint(server.fingerprint())
                    .privateKey(Secret.of(key.toString(StandardCharsets.US_ASCII)));
            if (context != null) {
                client.passphrase(Secret.of("Zq7-passphrase-Zq7"));
            }
            try (SftpFolder folder = client.open("drop")) {
                assertThat(folder.path()).isDirectory();
            }
        }
    }

    @Test
    void wrongCredentialsStopTheRunAndAreNotShown() {
        for (SftpFolder.Builder client : new SftpFolder.Builder[] {
            server.client().password(Secret.of("Zq7-wrong-Zq7")),
            server.client().privateKey(Secret.of("Zq7-wrong-Zq7"))
        }) {
            assertThatThrownBy(() ->
                            client.hostKeyFingerprint(server.fingerprint()).open("/drop"))
                    .isInstanceOf(ArchiveException.class)
                    .satisfies(e -> {
                        StringWriter trace = new StringWriter();
                        e.printStackTrace(new java.io.PrintWriter(trace));
                        assertThat(trace.toString()).doesNotContain("Zq7");
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN OPENSSH PRIVATE KEY-----\nZq7!!! no Base64\n-----END OPENSSH PRIVATE KEY-----\n",
                "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n",
                "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAf////w==\n-----END OPENSSH PRIVATE KEY-----\n",
                "-----BEGIN RSA PRIVATE KEY-----\nMIIBZq7=\n-----END RSA PRIVATE KEY-----\n",
                "-----BEGIN EC PRIVATE KEY-----\nZq7",
                "-----BEGIN PRIVATE KEY-----\nMAAA\n-----END PRIVATE KEY-----\n",
                "\n"
            })
    void aDamagedKeyStopsTheRunAndIsNotShown(String key) {
        assertThatThrownBy(() -> server.client()
                        .hostKeyFingerprint(server.fingerprint())
                        .privateKey(Secret.of(key))
                        .open("/drop"))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("private key for the SFTP server can't be read")
                .hasMessageNotContaining("Zq7");
    }

    @Test
    void everyOptionOutOfItsBoundsIsNamed() {
        assertThatThrownBy(() -> SftpFolder.builder("a b", " ")
                        .port(0)
                        .hostKeyFingerprint("MD5:aa")
                        .timeout(Duration.ZERO)
                        .open("/"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("host must")
                .hasMessageContaining("user must")
                .hasMessageContaining("port must")
                .hasMessageContaining("hostKeyFingerprint must")
                .hasMessageContaining("password or privateKey must")
                .hasMessageContaining("timeout must");
    }

    private Merge1DropSource.Builder source(SftpFolder folder) {
        return Merge1DropSource.builder(folder.path(), Merge1EmlParser.of(Emails.PROFILE))
                .temporaryFolder(scratch)
                .clock(clock);
    }

    private void put(String name, Instant time) throws IOException {
        Path file = drop.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, Emails.email(name));
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    /** As the pipeline does: a source that can't be read now is tried again. */
    private static SourcePage readPatiently(Merge1DropSource source, Checkpoint after) throws Exception {
        try {
            return source.read(after, 1);
        } catch (IOException e) {
            return source.read(after, 1);
        }
    }

    private static String text(SourcePage page) throws IOException {
        RawRecord record = page.records().get(0);
        try (InputStream in = record.bytes().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
