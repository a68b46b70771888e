// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes the bytes of one object and sends them in blocks, a few at once; nothing is visible before {@link #finish}. What
 * fits into one block goes in one request. Holds one block more in memory than it sends at once.
 *
 * <p>The ids of blocks start with a random number: two uploads under one name never mix their blocks.
 *
 * <p>A conflict that shows before the end isn't thrown but kept for {@link #finish}, because only then the digest is known
 * by which it can be judged. Used by one thread.
 */
final class BlobUpload extends OutputStream {

    /** Blob storage's own limit. */
    private static final int MAX_BLOCKS = 50_000;

    private static final int ID_BYTES = 20;

    private final BlobContainer container;
    private final String blob;
    private final long random1;
    private final long random2;
    private final MessageDigest md5 = Md5.digest();
    private final List<String> ids = new ArrayList<>();
    private final Deque<Sent> underWay = new ArrayDeque<>();
    private byte[] block;
    private int filled;
    private @Nullable Exception failure;
    private @Nullable BlobException conflict;

    private record Sent(BlobCalls.Pending<?> request, ByteBuffer bytes) {}

    BlobUpload(BlobContainer container, String blob, RandomGenerator random) {
        this.container = container;
        this.blob = blob;
        this.random1 = random.nextLong();
        this.random2 = random.nextLong();
        this.block = new byte[container.settings().blockBytes()];
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (failure != null) {
            throw new IOException("the upload has failed before", failure);
        }
        md5.update(bytes, offset, length);
        for (int done = 0; done < length; ) {
            if (filled == block.length) {
                sendBlock();
            }
            int n = Math.min(length - done, block.length - filled);
            System.arraycopy(bytes, offset + done, block, filled, n);
            filled += n;
            done += n;
        }
    }

    /**
     * Makes the object visible, if its name is free.
     *
     * @throws BlobException if the name may be taken, or it isn't known whether it was done
     */
    void finish(String sha256) throws IOException, InterruptedException {
        rethrowFailure();
        if (ids.isEmpty() && conflict == null) {
            container.upload(blob, ByteBuffer.wrap(block, 0, filled), sha256);
            return;
        }
        if (conflict == null) {
            sendLast();
        }
        if (conflict != null) {
            throw conflict;
        }
        container.commit(blob, ids, sha256, md5.digest());
    }

    /** Throws the interruption that a writer got from this stream as something else. */
    void rethrowInterruption() throws InterruptedException {
        if (failure instanceof InterruptedException interruption) {
            throw interruption;
        }
    }

    /** Gives up what is under way. */
    @Override
    public void close() {
        underWay.forEach(sent -> sent.request().cancel());
        underWay.clear();
    }

    private void rethrowFailure() throws IOException, InterruptedException {
        rethrowInterruption();
        if (failure != null) {
            throw new IOException("the writer went on after its stream had failed", failure);
        }
    }

    private void sendBlock() throws IOException {
        try {
            byte[] next = null;
            if (underWay.size() >= container.settings().concurrency()) {
                next = awaitOldest();
            }
            send();
            if (conflict == null) {
                block = next == null ? new byte[block.length] : next;
            }
            filled = 0;
        } catch (InterruptedException e) {
            failure = e;
            throw new InterruptedIOException("interrupted while sending to blob storage");
        } catch (IOException | RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    private void sendLast() throws IOException, InterruptedException {
        send();
        while (!underWay.isEmpty()) {
            awaitOldest();
        }
    }

    private void send() throws IOException, InterruptedException {
        if (conflict != null) {
            return;
        }
        if (ids.size() == MAX_BLOCKS) {
            throw new IOException("blob storage takes at most 50,000 blocks: choose larger ones for " + blob);
        }
        String id = id(ids.size());
        ByteBuffer bytes = ByteBuffer.wrap(block, 0, filled);
        underWay.add(new Sent(container.stage(blob, id, bytes), bytes));
        ids.add(id);
    }

    private byte[] awaitOldest() throws IOException, InterruptedException {
        Sent oldest = underWay.remove();
        try {
            oldest.request().await();
        } catch (BlobException e) {
            if (!e.mayBeTaken()) {
                throw e.orStop();
            }
            conflict = e;
            close();
        }
        return oldest.bytes().array();
    }

    private String id(int number) {
        byte[] id = ByteBuffer.allocate(ID_BYTES)
                .putLong(random1)
                .putLong(random2)
                .putInt(number)
                .array();
        return Base64.getEncoder().encodeToString(id);
    }
}
