// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.staging;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Takes the size and digests of what is written to it, and keeps the bytes if they are few, or passes them on. */
final class Rendering extends OutputStream {

    private static final int INITIAL = 16 * 1024;

    private final MessageDigest digest = sha256Digest();
    private final CRC32 crc32 = new CRC32();
    private final int capacity;
    private byte[] kept;
    private long size;
    private @Nullable OutputStream next;

    /** Keeps at most this many bytes. */
    Rendering(int capacity) {
        this.capacity = capacity;
        this.kept = new byte[Math.min(capacity, INITIAL)];
    }

    /** Forgets everything. */
    void reset() {
        digest.reset();
        crc32.reset();
        size = 0;
    }

    /** Everything written from now on goes to this stream as well. */
    void passOnTo(OutputStream out) {
        next = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        digest.update(bytes, offset, length);
        crc32.update(bytes, offset, length);
        if (size + length <= capacity) {
            keep(bytes, offset, length);
        }
        size += length;
        if (next != null) {
            next.write(bytes, offset, length);
        }
    }

    private void keep(byte[] bytes, int offset, int length) {
        int end = (int) size + length;
        if (end > kept.length) {
            kept = Arrays.copyOf(kept, Math.min(capacity, Math.max(end, 2 * kept.length)));
        }
        System.arraycopy(bytes, offset, kept, (int) size, length);
    }

    /** Whether all bytes written are kept. */
    boolean isWhole() {
        return size <= capacity;
    }

    void copyTo(OutputStream out) throws IOException {
        out.write(kept, 0, (int) size);
    }

    long size() {
        return size;
    }

    long crc32() {
        return crc32.getValue();
    }

    /** The digest; starts a new one. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
