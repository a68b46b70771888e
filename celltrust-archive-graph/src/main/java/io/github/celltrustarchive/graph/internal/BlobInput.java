// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Exactly the bytes of a blob that were asked for, fetched a block at a time from one version of it (its ETag). Its end
 * before that is an error, not an end. Used by one thread.
 */
final class BlobInput extends InputStream {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final BlobContainer container;
    private final String blob;
    private final String uri;
    private long position;
    private long left;
    private ByteBuffer block = NOTHING;
    private @Nullable String etag;

    private BlobInput(BlobContainer container, String blob, String uri, long offset) {
        this.container = container;
        this.blob = blob;
        this.uri = uri;
        this.position = offset;
    }

    /**
     * Opens a blob and fetches the first block.
     *
     * @param length how many bytes; a negative number means all up to the end
     */
    static BlobInput open(BlobContainer container, String blob, String uri, long offset, long length)
            throws IOException {
        BlobInput in = new BlobInput(container, blob, uri, offset);
        long size = length == 0 ? in.sizeByLooking() : in.sizeByReading(length);
        if (offset > size || length > size - offset) {
            throw new EOFException("blob storage: " + blob + " ends before the bytes that are asked for");
        }
        in.left = length < 0 ? size - offset : length;
        return in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        if (!block.hasRemaining()) {
            fetch(left);
        }
        int n = (int) Math.min(Math.min(length, left), block.remaining());
        block.get(bytes, offset, n);
        left -= n;
        return n;
    }

    @Override
    public int available() {
        return (int) Math.min(left, block.remaining());
    }

    @Override
    public void close() {
        block = NOTHING;
    }

    private long sizeByReading(long length) throws IOException {
        try {
            return fetch(length < 0 ? Long.MAX_VALUE : length);
        } catch (BlobException e) {
            if (e.beyondTheEnd()) {
                return sizeByLooking();
            }
            throw e;
        }
    }

    private long sizeByLooking() throws IOException {
        BlobFacts facts;
        try {
            facts = container.head(blob);
        } catch (BlobException e) {
            throw e.orStop();
        }
        if (facts == null) {
            throw new NoSuchFileException(uri);
        }
        return facts.size();
    }

    /** The size of the whole blob. */
    private long fetch(long wanted) throws IOException {
        try {
            block = NOTHING; // before the next one comes
            int count = (int) Math.min(wanted, container.settings().blockBytes());
            BlobBytes next = container.read(blob, position, count, etag);
            block = next.bytes();
            etag = next.etag();
            position += block.remaining();
            return next.size();
        } catch (BlobException e) {
            if (e.absent()) {
                throw new NoSuchFileException(uri);
            }
            throw e.beyondTheEnd() ? e : e.orStop();
        }
    }
}
