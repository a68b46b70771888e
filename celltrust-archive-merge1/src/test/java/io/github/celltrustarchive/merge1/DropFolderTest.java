// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.SourcePage;
import io.github.celltrustarchive.testkit.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A drop folder in a world whose time only moves when a test moves it. */
abstract class DropFolderTest {

    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    final ManualClock clock = new ManualClock(NOON.plus(Duration.ofHours(1)));

    @TempDir
    Path scratch;

    Path folder() {
        return scratch.resolve("drop");
    }

    Merge1DropSource.Builder source() {
        return Merge1DropSource.builder(folder(), Merge1EmlParser.of(Emails.PROFILE))
                .clock(clock);
    }

    void put(String name, Instant time) throws IOException {
        Path file = folder().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, Emails.email(name.replaceAll("[^a-z0-9.]", "")));
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    static Path settle(Path file) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(NOON));
    }

    String manifest(int count, String first, String second, String sha256) throws IOException {
        String entry = "{\"name\":\"%s\",\"size\":%d,\"sha256\":\"%s\"}";
        long size = Emails.email(first).length();
        String files = entry.formatted(first, size, sha256)
                + (second == null ? "" : "," + entry.formatted(second, size, digest(Emails.email("day" + second))));
        return "{\"version\":1,\"count\":" + count + ",\"files\":[" + files.replace("" + size, "" + sizeOf(first))
                + "]}";
    }

    long sizeOf(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder())) {
            return Files.size(
                    files.filter(file -> file.endsWith(name)).findFirst().orElseThrow());
        }
    }

    String sha(String name) throws IOException {
        return digest(Files.readString(folder().resolve(name)));
    }

    static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** What lies in the folder, by name. */
    List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(folder())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder().relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    List<String> read(Merge1DropSource source, Checkpoint after) throws Exception {
        try (SourcePage page = source.read(after, 1_000)) {
            return names(source, page);
        }
    }

    List<String> readAndAcknowledge(Merge1DropSource source) throws Exception {
        try (SourcePage page = source.read(Checkpoint.START, 1_000)) {
            List<String> names = names(source, page);
            source.acknowledge(page.next());
            return names;
        }
    }

    Checkpoint readAll(Merge1DropSource source, Checkpoint after, int max, List<String> into) throws Exception {
        Checkpoint reached = after;
        boolean more = true;
        while (more) {
            try (SourcePage page = source.read(reached, max)) {
                page.records().forEach(record -> assertThat(record.locator()).isNotEmpty());
                into.addAll(texts(page));
                reached = page.next();
                more = page.more();
            }
        }
        return reached;
    }

    /** The file names, which only the folder knows. */
    List<String> names(Merge1DropSource source, SourcePage page) throws Exception {
        List<String> names = new ArrayList<>();
        for (RawRecord record : page.records()) {
            names.add(folder().relativize(source.find(record.locator()).orElseThrow())
                    .toString());
        }
        return names;
    }

    /** The names that stand in the emails' texts. */
    List<String> texts(SourcePage page) throws IOException {
        List<String> texts = new ArrayList<>();
        for (RawRecord record : page.records()) {
            try (InputStream in = record.bytes().open()) {
                String email = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                texts.add(email.substring(email.indexOf("\r\n\r\n")).strip());
            }
        }
        return texts;
    }
}
