// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.DeleteResult;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.StagedObject;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ContentWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderStagerTest {

    private static final String NAME = "site/0000000001/00000001.zip";

    @TempDir
    Path folder;

    private FolderStager stager;

    @BeforeEach
    void open() {
        stager = new FolderStager(folder.resolve("stage"));
    }

    @AfterEach
    void close() {
        stager.close();
        stager.close();
    }

    @Test
    void objectIsReadBackWholeAndByOffset() throws IOException {
        StagedObject object = stager.put(NAME, text("hello world"));

        assertThat(object.name()).isEqualTo(NAME);
        assertThat(object.size()).isEqualTo(11);
        assertThat(object.sha256())
                .isEqualTo(DigestedContent.of(Content.ofUtf8("hello world")).sha256());
        assertThat(read(object.uri(), 0, -1)).isEqualTo("hello world");
        assertThat(read(object.uri(), 6, 3)).isEqualTo("wor");
        assertThat(read(object.uri(), 6, -1)).isEqualTo("world");
        assertThat(read(object.uri(), 11, 0)).isEmpty();
    }

    @Test
    void addressStaysTheSameWhenTheStageIsMoved() throws IOException {
        URI uri = stager.put(NAME, text("hello")).uri();
        Files.move(folder.resolve("stage"), folder.resolve("elsewhere"));

        assertThat(uri).hasToString("stage:/site/0000000001/00000001.zip");
        try (FolderStager moved = new FolderStager(folder.resolve("elsewhere"));
                InputStream in = moved.open(uri, 0, -1)) {
            assertThat(in.readAllBytes()).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    @DisplayName("invariant 8: the same bytes under the same name are the same object")
    void sameBytesUnderTheSameNameAreTheSameObject() throws IOException {
        StagedObject first = stager.put(NAME, text("hello"));

        assertThat(stager.put(NAME, text("hello"))).isEqualTo(first);
        assertThat(files()).containsExactly(NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hellO", "hello!", ""})
    @DisplayName("invariant 9: other bytes never take a name that is taken")
    void otherBytesUnderTheSameNameStopTheRun(String other) throws IOException {
        StagedObject first = stager.put(NAME, text("hello"));

        assertThatThrownBy(() -> stager.put(NAME, text(other)))
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.STOP));
        assertThat(read(first.uri(), 0, -1)).isEqualTo("hello");
        assertThat(files()).containsExactly(NAME);
    }

    @Test
    void putThatFailsLeavesNothing() throws IOException {
        ContentWriter failing = out -> {
            out.write(new byte[100_000]);
            throw new IOException("the source went away");
        };

        assertThatThrownBy(() -> stager.put(NAME, failing)).hasMessage("the source went away");
        assertThatThrownBy(() -> stager.put(NAME, out -> {
                    throw new IllegalStateException("bug");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(files()).isEmpty();
        assertThat(folder.resolve("stage/.tmp/0")).isEmptyDirectory();
        stager.put(NAME, text("hello"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "..",
                "../a",
                "a/../../b",
                "a/./b",
                "a//b",
                "a/",
                ".tmp/0/1.part",
                ".a",
                "-a",
                "a b",
                "a\\b",
                "a:b",
                "é",
                "a\n",
                "a\0"
            })
    @DisplayName("invariant 23: a name that leads elsewhere is refused")
    void unsafeNamesAreRefused(String name) {
        assertThatThrownBy(() -> stager.put(name, text("x"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(folder.resolve("stage")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:/etc/passwd",
                "stage:/../a",
                "stage:/a%2f..%2f..%2fb",
                "stage:a",
                "stage://host/a",
                "stage:/a?b",
                "stage:/a#b",
                "stage:/.tmp/0/1.part"
            })
    @DisplayName("invariant 23: an address that leads elsewhere is refused")
    void foreignAddressesAreRefused(String uri) {
        assertThatThrownBy(() -> stager.open(URI.create(uri), 0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> stager.delete(URI.create(uri))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readingPastTheEndIsAnErrorAndNotAnEnd() throws IOException {
        URI uri = stager.put(NAME, text("hello")).uri();

        assertThatThrownBy(() -> stager.open(uri, 0, 6)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> stager.open(uri, 6, -1)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> stager.open(uri, Long.MAX_VALUE, 1)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> stager.open(uri, 1, Long.MAX_VALUE)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> stager.open(uri, -1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fileCutShortWhileItIsReadIsAnErrorAndNotAnEnd() throws IOException {
        URI uri = stager.put(NAME, text("hello")).uri();

        try (InputStream in = stager.open(uri, 0, 5)) {
            assertThat(in.read()).isEqualTo('h');
            Files.write(folder.resolve("stage").resolve(NAME), new byte[2]);
            assertThatThrownBy(in::readAllBytes).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void objectThatIsNotThereIsNamedByItsAddress() {
        assertThatThrownBy(() -> stager.open(URI.create("stage:/site/absent.zip"), 0, -1))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage("stage:/site/absent.zip");
    }

    @Test
    void listGivesWhatStartsWithThePrefixAndNoTemporaryFile() throws IOException {
        List<String> names = List.of("a/1/1.zip", "a/1/2.zip", "a/10/1.zip", "a/2/1.zip", "b/1/1.zip");
        for (String name : names) {
            stager.put(name, text(name));
        }
        Files.write(folder.resolve("stage/.tmp/0/7.part"), new byte[3]);

        assertThat(listed("")).containsExactlyInAnyOrderElementsOf(names);
        assertThat(listed("a/1")).containsExactlyInAnyOrder("a/1/1.zip", "a/1/2.zip", "a/10/1.zip");
        assertThat(listed("a/1/")).containsExactlyInAnyOrder("a/1/1.zip", "a/1/2.zip");
        assertThat(listed("a/1/2.zip")).containsExactly("a/1/2.zip");
        assertThat(listed("c")).isEmpty();
        assertThat(listed("../")).isEmpty();
        try (FolderStager absent = new FolderStager(folder.resolve("absent"));
                Stream<StagedObject> none = absent.list("")) {
            assertThat(none).isEmpty();
        }
    }

    @Test
    void deletingTwiceIsAbsentTheSecondTime() throws IOException {
        URI uri = stager.put(NAME, text("hello")).uri();

        assertThat(stager.delete(uri)).isEqualTo(DeleteResult.DELETED);
        assertThat(stager.delete(uri)).isEqualTo(DeleteResult.ABSENT);
        assertThat(files()).isEmpty();
    }

    @Test
    void leftoversOfADeadProcessAreSweptAndThoseOfALiveOneAreNot() throws IOException {
        FolderStager other = new FolderStager(folder.resolve("stage"), new DiskStorage());
        other.put("x", text("x"));
        Path living = Files.write(folder.resolve("stage/.tmp/0/99.part"), new byte[3]);
        Path dead = folder.resolve("stage/.tmp/1/98.part");
        Files.createDirectories(dead.getParent());
        Files.write(dead, new byte[3]);
        Files.createDirectories(folder.resolve("stage/.tmp/2"));
        Path alsoDead = Files.write(folder.resolve("stage/.tmp/2/97.part"), new byte[3]);

        stager.put("y", text("y"));

        assertThat(living).exists();
        assertThat(dead).doesNotExist();
        assertThat(alsoDead).doesNotExist();
        other.close();
        try (FolderStager third = new FolderStager(folder.resolve("stage"))) {
            third.put("z", text("z"));
            assertThat(living).doesNotExist();
        }
    }

    @Test
    void onlyTheOwnerCanReadTheStage() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "needs POSIX permissions");
        stager.put(NAME, text("hello"));

        try (Stream<Path> all = Files.walk(folder.resolve("stage"))) {
            assertThat(all)
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }

    private List<String> files() throws IOException {
        return listed("");
    }

    private List<String> listed(String prefix) throws IOException {
        try (Stream<StagedObject> objects = stager.list(prefix)) {
            return objects.map(StagedObject::name).toList();
        }
    }

    private String read(URI uri, long offset, long length) throws IOException {
        try (InputStream in = stager.open(uri, offset, length)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static ContentWriter text(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
