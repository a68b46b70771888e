// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.Content;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The bytes of one export file, uncompressed, readable from any place. */
interface ExportBytes extends Closeable {

    long size();

    /** As {@link java.nio.channels.FileChannel#read(ByteBuffer, long)}. */
    int read(ByteBuffer into, long position) throws IOException;

    /** Some of the bytes, to be read until the page is closed. */
    Content slice(long offset, long size);

    /** What tells this file, compressed, from another one of the same name; empty for a file that isn't compressed. */
    String packed();

    /** Bytes from a place on, fewer only at the end. */
    default byte[] bytes(long position, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(count, Math.max(0, size() - position)));
        while (bytes.hasRemaining() && read(bytes, position + bytes.position()) >= 0) {
            // a short read is no end of file
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}
