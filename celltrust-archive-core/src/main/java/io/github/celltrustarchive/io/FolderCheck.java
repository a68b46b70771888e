// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.io;

import io.github.celltrustarchive.model.Check;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a folder can hold what is to be written there: it, or the nearest folder above it, takes a file, forces it,
 * publishes it by a hard link and has room. What it writes for that, two empty files whose names start with
 * {@value #PROBE}, it removes.
 */
public final class FolderCheck {

    /** What the names of probe files start with. */
    public static final String PROBE = ".celltrust-archive-preflight-";

    private static final long LITTLE_SPACE = 1_000_000_000;
    private static final long NO_SPACE = 100_000_000;
    private static final int MAX_PROBES = 100;

    private final Storage storage;
    private final List<Check> checks = new ArrayList<>();

    private FolderCheck(Storage storage) {
        this.storage = storage;
    }

    /**
     * Checks a folder that files are written and published in.
     *
     * @param folder need not exist yet
     * @param temporary where files are written before they are linked into {@code folder}; the same folder, or one that need
     *     not exist yet
     */
    public static List<Check> of(Storage storage, Path folder, Path temporary) {
        FolderCheck check = new FolderCheck(storage);
        try {
            Path nearest = check.nearest(folder.toAbsolutePath().normalize());
            if (nearest != null) {
                check.probe(storage.isDirectory(temporary) ? temporary : nearest, nearest);
                check.addSpace(nearest);
            }
        } catch (IOException e) {
            check.failed(folder, e);
        }
        return check.checks;
    }

    /**
     * Checks how much room is left where a file or folder lies: below 100 MB is a failure, below 1 GB a warning; nothing
     * where the storage can't tell.
     */
    public static List<Check> space(Storage storage, Path where) {
        FolderCheck check = new FolderCheck(storage);
        try {
            check.addSpace(where);
        } catch (IOException e) {
            check.failed(where, e);
        }
        return check.checks;
    }

    /** The folder, or the nearest above it that exists; null, having said so, where a file is in the way. */
    private @Nullable Path nearest(Path folder) throws IOException {
        Path nearest = folder.getRoot();
        if (nearest == null || !storage.isDirectory(nearest)) {
            checks.add(Check.fail("there is no disk for " + folder, "mount it, or name another folder"));
            return null;
        }
        for (Path name : folder) {
            Path below = nearest.resolve(name);
            if (!storage.isDirectory(below)) {
                if (storage.exists(below)) {
                    checks.add(Check.fail(below + " is a file, not a folder", "move it away, or name another folder"));
                    return null;
                }
                break;
            }
            nearest = below;
        }
        return nearest;
    }

    private void probe(Path from, Path to) {
        Path written = null;
        Path linked = null;
        try {
            written = create(from);
            linked = to.resolve(written.getFileName() + ".link");
            storage.link(written, linked);
            storage.forceDirectory(to);
            if (storage.exists(written)) {
                checks.add(Check.pass("files can be written, forced and published in " + to));
            } else {
                checks.add(Check.warn(
                        "the file system of " + to + " has no hard links",
                        "let only one process at a time write there, or use a file system with hard links"));
            }
        } catch (IOException e) {
            failed(to, e);
        } finally {
            remove(written);
            remove(linked);
        }
    }

    private Path create(Path folder) throws IOException {
        String name = PROBE + ProcessHandle.current().pid() + "-";
        for (int number = 0; ; number++) {
            Path file = folder.resolve(name + number);
            try (NewFile probe = storage.create(file)) {
                probe.force();
                return file;
            } catch (FileAlreadyExistsException e) {
                if (number == MAX_PROBES) {
                    throw e;
                }
            } catch (IOException e) {
                remove(file);
                throw e;
            }
        }
    }

    private void remove(@Nullable Path probe) {
        try {
            if (probe != null) {
                storage.delete(probe);
            }
        } catch (IOException e) {
            checks.add(Check.warn("the probe file " + probe + " can't be removed again", "remove it"));
        }
    }

    private void addSpace(Path where) throws IOException {
        OptionalLong space = storage.usableSpace(where);
        if (space.isEmpty()) {
            return;
        }
        long bytes = space.getAsLong();
        String what = bytes / 1_000_000 + " MB are free in " + where;
        if (bytes < NO_SPACE) {
            checks.add(Check.fail(what, "make room: below 100 MB a run may end halfway"));
        } else if (bytes < LITTLE_SPACE) {
            checks.add(Check.warn(what, "make room soon"));
        } else {
            checks.add(Check.pass(what));
        }
    }

    private void failed(Path folder, IOException e) {
        checks.add(Check.fail(
                "files can't be written in " + folder + " (" + e.getClass().getSimpleName() + ")",
                "let the user of this process write there, and look whether the disk is mounted and has room"));
    }
}
