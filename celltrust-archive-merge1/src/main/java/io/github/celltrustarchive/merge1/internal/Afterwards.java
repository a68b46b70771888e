// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves or deletes emails that the ledger has, with what came beside them. An email that has changed since it was read stays: it
 * will be read again. Used by one thread at a time.
 */
final class Afterwards {

    private static final Logger LOG = LoggerFactory.getLogger(Afterwards.class);
    private static final Duration DAY = Duration.ofDays(1);

    private final DropOptions options;
    private final Set<Path> touched = new HashSet<>();
    private final Set<Path> made = new HashSet<>();

    Afterwards(DropOptions options) {
        this.options = options;
    }

    /** A round begins. */
    void begin() {
        made.clear();
        touched.clear();
    }

    /**
     * Moves or deletes an email, unless it has changed or is gone.
     *
     * @throws IOException if it can't be moved or deleted
     */
    void tidy(DropFile file) throws IOException {
        if (file.state() != DropFile.State.SAME) {
            return;
        }
        Path folder = file.file().getParent();
        if (folder != null && !touched.contains(folder)) {
            setManifestAside(folder);
            touched.add(folder);
        }
        remove(file.file(), file.relative());
        String marker = options.marker();
        if (marker != null) {
            Files.deleteIfExists(file.file().resolveSibling(file.file().getFileName() + marker));
        }
    }

    /** From here on the manifest is one of emails that may be gone. */
    private void setManifestAside(Path folder) throws IOException {
        String name = options.manifest();
        if (name == null) {
            return;
        }
        Path manifest = folder.resolve(name);
        if (Files.isRegularFile(manifest, LinkOption.NOFOLLOW_LINKS)) {
            long time = Files.getLastModifiedTime(manifest, LinkOption.NOFOLLOW_LINKS)
                    .toMillis();
            String aside = name + FolderScan.DONE + time;
            move(manifest, number -> folder.resolve(number == 1 ? aside : aside + "-" + number));
        }
    }

    private void remove(Path file, String relative) throws IOException {
        Path archived = options.archived();
        if (archived == null) {
            Files.deleteIfExists(file);
            return;
        }
        Path target = DropFile.resolve(archived, relative);
        makeArchiveFolder(archived);
        makeArchiveFolder(Objects.requireNonNull(target.getParent(), "it lies in a folder"));
        String name = String.valueOf(target.getFileName());
        move(file, number -> number == 1 ? target : target.resolveSibling(numbered(name, number)));
    }

    /** Whoever may write the drop folder may also put a link in the place of a folder of archived emails. */
    private void makeArchiveFolder(Path folder) throws IOException {
        if (!made.contains(folder)) {
            Files.createDirectories(folder);
            Path archived = Objects.requireNonNull(options.archived(), "emails are moved");
            Path root = archived.startsWith(options.folder()) ? options.folder() : archived;
            if (!new SafeFolders(root).hold(folder)) {
                throw new IOException("a folder of the archived emails lies behind a symbolic link");
            }
            made.add(folder);
        }
    }

    /** Never over another file: that one was archived too, under the same name. */
    private static void move(Path file, IntFunction<Path> targets) throws IOException {
        for (int number = 1; number < 10_000; number++) {
            try {
                Files.move(file, targets.apply(number));
                return;
            } catch (FileAlreadyExistsException e) {
                LOG.debug("an archived email's name is taken, the next number is tried");
            } catch (NoSuchFileException e) {
                if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
                    return;
                }
                throw e;
            }
        }
        throw new IOException("ten thousand archived emails have one name");
    }

    private static String numbered(String name, int number) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name + "-" + number : name.substring(0, dot) + "-" + number + name.substring(dot);
    }

    /**
     * Removes manifests whose emails are all gone, and folders that have been empty for a day: a tree of minutes would cost
     * every run more than the one before.
     */
    void finish(List<Path> emptyFolders) {
        for (Path folder : emptyFolders) {
            try {
                if (options.manifest() != null) {
                    removeManifests(folder);
                }
                Instant changed = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS)
                        .toInstant();
                if (changed.plus(DAY).isBefore(options.clock().instant())) {
                    Files.deleteIfExists(folder); // fails if there is something in it after all
                }
            } catch (IOException e) {
                LOG.debug("an empty folder can't be removed ({})", e.getClass().getSimpleName());
            }
        }
    }

    private void removeManifests(Path folder) throws IOException {
        String aside = options.manifest() + FolderScan.DONE + "*";
        try (DirectoryStream<Path> manifests = Files.newDirectoryStream(folder, aside)) {
            for (Path manifest : manifests) {
                Path archived = options.archived();
                if (archived == null) {
                    Files.deleteIfExists(manifest);
                } else {
                    remove(
                            manifest,
                            options.folder().relativize(manifest).toString().replace('\\', '/'));
                }
            }
        }
    }
}
