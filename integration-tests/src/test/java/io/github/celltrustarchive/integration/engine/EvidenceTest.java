// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import static io.github.celltrustarchive.integration.engine.Records.mms;
import static io.github.celltrustarchive.integration.engine.Records.sms;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.mailbox.MaildirSink;
import io.github.celltrustarchive.model.StagedObject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a message in a mailbox to its raw record, with nothing but the message, the pack and SHA-256. */
class EvidenceTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName("invariant 21: message, raw record and manifest are linked by digests, both ways")
    void messageRawRecordAndManifestAreLinked() throws Exception {
        EngineFixture world = new EngineFixture(folder)
                .records(sms("m-1", "hello", "ann", "bob"), mms("m-2", "look", "AAEC", "ann", "bob"));
        Path mail = folder.resolve("mail");
        try (ArchivePipeline pipeline = world.pipeline(MaildirSink.of(mail)).build()) {
            pipeline.run();
        }
        Map<String, byte[]> pack = onlyPack(world);
        List<String> manifest = text(pack.get("manifest.jsonl")).lines().toList();

        List<Path> messages;
        try (Stream<Path> files = Files.walk(mail)) {
            messages =
                    files.filter(f -> f.getFileName().toString().contains(".Q")).toList();
        }
        assertThat(messages).hasSize(4);
        for (Path file : messages) {
            byte[] eml = Files.readAllBytes(file);
            String key = header(eml, "X-CellTrust-Archive-Key");
            String source = header(eml, "X-CellTrust-Source-SHA256");
            String record = entryWith(manifest, key, "record", source);
            String message = entryWith(manifest, key, "message", sha256(eml));
            assertThat(sha256(pack.get(record))).isEqualTo(source);
            assertThat(pack.get(message)).isEqualTo(eml);
        }
    }

    private static Map<String, byte[]> onlyPack(EngineFixture world) throws Exception {
        Map<String, byte[]> entries = new TreeMap<>();
        try (Stream<StagedObject> objects = world.stager.list("")) {
            StagedObject pack = objects.toList().get(0);
            try (InputStream in = world.stager.open(pack.uri(), 0, -1);
                    ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(in.readAllBytes()))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    entries.put(entry.getName(), zip.readAllBytes());
                }
            }
        }
        return entries;
    }

    /** The name of the one entry whose manifest line has this item, role and digest. */
    private static String entryWith(List<String> manifest, String key, String role, String sha256) {
        List<String> lines = manifest.stream()
                .filter(line -> line.contains(key) && line.contains("\"" + role + "\"") && line.contains(sha256))
                .toList();
        assertThat(lines).as(role + " of " + key).hasSize(1);
        String line = lines.get(0);
        int name = line.indexOf("items/");
        return line.substring(name, line.indexOf('"', name));
    }

    private static String header(byte[] eml, String name) {
        return text(eml)
                .lines()
                .filter(line -> line.startsWith(name + ": "))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 2);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
