// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** An export file as it is. */
final class PlainExport implements ExportBytes {

    private final Path file;
    private final FileChannel channel;
    private final long size;

    PlainExport(Path file) throws IOException {
        this.file = file;
        channel = FileChannel.open(file);
        try {
            size = channel.size();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        if (position >= size) { // what is appended meanwhile is for the next page
            return -1;
        }
        if (into.remaining() > size - position) {
            into.limit(into.position() + (int) (size - position));
        }
        return channel.read(into, position);
    }

    @Override
    public Content slice(long offset, long length) {
        return FileSlice.of(file, offset, length);
    }

    @Override
    public String packed() {
        return "";
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
