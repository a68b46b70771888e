// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.model.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Bytes that stay in a file of the spool. */
final class SpoolSlice implements Content {

    private final Storage storage;
    private final Path file;
    private final long offset;
    private final long size;

    SpoolSlice(Storage storage, Path file, long offset, long size) {
        this.storage = storage;
        this.file = file;
        this.offset = offset;
        this.size = size;
    }

    SpoolSlice slice(long from, long length) {
        return new SpoolSlice(storage, file, offset + from, length);
    }

    @Override
    public InputStream open() throws IOException {
        return new FileSlice.Window(storage.open(file, offset), size);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public String toString() {
        return "Content[part of a spool file, " + size + " bytes]";
    }
}
