// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a file. */
final class FileContent implements Content {

    private final Path file;
    private final long size;

    private FileContent(Path file, long size) {
        this.file = file;
        this.size = size;
    }

    static FileContent of(Path file) throws IOException {
        return new FileContent(file, Files.size(file));
    }

    @Override
    public InputStream open() throws IOException {
        return Files.newInputStream(file);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public String toString() {
        return "Content[file, " + size + " bytes]";
    }
}
