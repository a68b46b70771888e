// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options that all sources of files share. */
abstract class FileSourceBuilder<B extends FileSourceBuilder<B>> {

    final Path path;
    boolean completeFiles = true;

    @Nullable
    Path attachments;

    @Nullable
    Path temporaryFolder;

    long maxUnpackedBytes = 8L << 30;
    int maxUnpackedRatio = 100;
    final Set<String> givenUp = new HashSet<>();

    FileSourceBuilder(Path path) {
        this.path = Objects.requireNonNull(path, "path");
    }

    abstract B self();

    /**
     * Whether a last record without a line end is one. Default true: files are put into the folder when they are complete.
     * With false it waits until its line end has been written, for files that grow while they are read. If a record that
     * was taken for complete grows after all, it is read again as a whole.
     */
    public B completeFiles(boolean value) {
        completeFiles = value;
        return self();
    }

    /**
     * The folder of attachment files. Default: {@code media} in the folder of the exports, unless that is a symbolic link.
     * It need not exist.
     */
    public B attachments(Path folder) {
        attachments = Objects.requireNonNull(folder, "folder");
        return self();
    }

    /**
     * Where compressed files are unpacked, one at a time. Default: the JVM's folder for temporary files. The files can be
     * read by their owner alone and go with the process, however it ends.
     */
    public B temporaryFolder(Path folder) {
        temporaryFolder = Objects.requireNonNull(folder, "folder");
        return self();
    }

    /** The most that a compressed file may hold, in bytes. Default 8,589,934,592 (8 GiB); at least 1. */
    public B maxUnpackedBytes(long value) {
        maxUnpackedBytes = value;
        return self();
    }

    /**
     * How many times its own size a compressed file may hold; counts from 16 MiB on, because short texts that repeat are no
     * gzip bombs. Default 100; 1 to 1,032, which is as much as gzip can do.
     */
    public B maxUnpackedRatio(int value) {
        maxUnpackedRatio = value;
        return self();
    }

    /**
     * Names of files that may be gone although they weren't read to their end. Default none: {@code read} fails when one is
     * missing.
     */
    public B giveUp(Collection<String> fileNames) {
        givenUp.addAll(fileNames);
        return self();
    }

    /** What is wrong with the options. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (maxUnpackedBytes < 1) {
            problems.add("maxUnpackedBytes must be at least 1");
        }
        if (maxUnpackedRatio < 1 || maxUnpackedRatio > 1_032) {
            problems.add("maxUnpackedRatio must be 1 to 1,032");
        }
        return problems;
    }
}
