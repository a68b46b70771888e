// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A new file on the disk. The first failure gives it up for good. */
final class DiskFile extends NewFile {

    private final FileChannel channel;
    private long position;
    private boolean givenUp;

    DiskFile(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        requireSound();
        givenUp = true;
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
            // A full disk shows as a short write first, and as an exception only at the next one.
            if (channel.write(buffer) <= 0) {
                throw new IOException("no byte could be written: is the disk full?");
            }
        }
        position += length;
        givenUp = false;
    }

    @Override
    public void force() throws IOException {
        requireSound();
        givenUp = true;
        if (channel.size() != position) {
            throw new IOException("the file has " + channel.size() + " bytes, not the " + position + " written");
        }
        channel.force(true);
        givenUp = false;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void requireSound() throws IOException {
        if (givenUp) {
            throw new IOException("an earlier write or force of this file failed: it is given up");
        }
    }
}
