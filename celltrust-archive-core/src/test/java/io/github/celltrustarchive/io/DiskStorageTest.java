// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskStorageTest {

    private final DiskStorage storage = new DiskStorage();

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("file");
    }

    @Test
    void whatIsWrittenIsReadFromAnyOffset() throws IOException {
        write(file, "hello");

        assertThat(read(file, 0)).isEqualTo("hello");
        assertThat(read(file, 3)).isEqualTo("lo");
        assertThat(read(file, 5)).isEmpty();
        assertThat(storage.size(file)).isEqualTo(5);
        assertThatThrownBy(() -> storage.open(file, 6)).isInstanceOf(EOFException.class);
    }

    @Test
    void newFileNeverReplacesAnother() throws IOException {
        write(file, "first");

        assertThatThrownBy(() -> storage.create(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(read(file, 0)).isEqualTo("first");
    }

    @Test
    void linkNeverReplacesAnother() throws IOException {
        write(file, "first");
        Path second = folder.resolve("second");
        write(second, "second");

        assertThatThrownBy(() -> storage.link(second, file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(read(file, 0)).isEqualTo("first");

        storage.link(second, folder.resolve("third"));
        assertThat(storage.delete(second)).isTrue();
        assertThat(storage.delete(second)).isFalse();
        assertThat(read(folder.resolve("third"), 0)).isEqualTo("second");
    }

    @Test
    void linkOfAFileThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> storage.link(file, folder.resolve("name"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void fileThatCouldNotBeWrittenIsGivenUp() throws IOException {
        NewFile broken = storage.create(file);
        broken.write(1);
        broken.close();

        assertThatThrownBy(() -> broken.write(2)).isInstanceOf(IOException.class);
        assertThatThrownBy(broken::force).hasMessageContaining("given up");
        assertThatThrownBy(() -> broken.write(3)).hasMessageContaining("given up");
        assertThat(broken.position()).isEqualTo(1);
    }

    @Test
    void fullDiskIsAnErrorAndNotAShortFile() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "needs /dev/full");
        NewFile device = new DiskFile(FileChannel.open(full, StandardOpenOption.WRITE));

        assertThatThrownBy(() -> device.write(new byte[10])).isInstanceOf(IOException.class);
        assertThatThrownBy(device::force).hasMessageContaining("given up");
        device.close();
    }

    @Test
    void foldersAndFilesAreForTheirOwnerOnly() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "needs POSIX permissions");
        Path deep = folder.resolve("a/b/c");
        storage.createDirectories(deep);
        storage.createDirectories(deep);
        write(deep.resolve("file"), "x");

        for (Path made = deep; !made.equals(folder); made = made.getParent()) {
            assertThat(permissions(made)).isEqualTo("rwx------");
        }
        assertThat(permissions(deep.resolve("file"))).isEqualTo("rw-------");
    }

    @Test
    void folderCannotTakeTheNameOfAFile() throws IOException {
        write(file, "x");

        assertThatThrownBy(() -> storage.createDirectories(file.resolve("a"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> storage.createDirectories(file)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void listIsSortedAndEmptyForWhatIsNoFolder() throws IOException {
        write(folder.resolve("b"), "");
        write(folder.resolve("a"), "");
        storage.createDirectories(folder.resolve("c"));

        assertThat(storage.list(folder)).containsExactly(folder.resolve("a"), folder.resolve("b"), folder.resolve("c"));
        assertThat(storage.list(folder.resolve("absent"))).isEmpty();
        assertThat(storage.list(folder.resolve("a"))).isEmpty();
    }

    @Test
    void whatCannotBeToldIsNotTakenForAbsent() throws IOException {
        String tooLong = "n".repeat(300);
        write(file, "x");

        assertThat(storage.exists(file)).isTrue();
        assertThat(storage.exists(folder.resolve("absent"))).isFalse();
        assertThat(storage.isDirectory(folder)).isTrue();
        assertThat(storage.isDirectory(file)).isFalse();
        assertThatThrownBy(() -> storage.exists(folder.resolve(tooLong))).isInstanceOf(IOException.class);
    }

    @Test
    void timeOfLastModificationIsSet() throws IOException {
        write(file, "x");
        Instant time = Instant.parse("2019-02-03T04:05:06Z");
        storage.setLastModified(file, time);

        assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.from(time));
    }

    @Test
    void folderThatIsNotThereCannotBeForced() {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "ignored on Windows");
        assertThatThrownBy(() -> storage.forceDirectory(folder.resolve("absent")))
                .isInstanceOf(NoSuchFileException.class);
    }

    private void write(Path path, String text) throws IOException {
        try (NewFile out = storage.create(path)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.force();
        }
        storage.forceDirectory(path.getParent());
    }

    private String read(Path path, long offset) throws IOException {
        try (InputStream in = storage.open(path, offset)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
