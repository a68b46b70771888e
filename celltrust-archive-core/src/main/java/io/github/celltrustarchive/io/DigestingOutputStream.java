// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.io;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Passes bytes on and takes their number, SHA-256 and CRC-32 on the way. Closing it does nothing to the stream behind it. Not
 * thread-safe.
 */
public class DigestingOutputStream extends OutputStream {

    private final MessageDigest digest = newDigest();
    private final CRC32 crc32 = new CRC32();
    private final OutputStream next;
    private long size;
    private @Nullable String sha256;

    /** Passes on to this stream; {@link OutputStream#nullOutputStream()} to take digests only. */
    public DigestingOutputStream(OutputStream next) {
        this.next = Objects.requireNonNull(next, "next");
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (sha256 != null) {
            throw new IllegalStateException("the digest has been taken");
        }
        digest.update(bytes, offset, length);
        crc32.update(bytes, offset, length);
        size += length;
        next.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        next.flush();
    }

    /** How many bytes were written. */
    public long size() {
        return size;
    }

    /** The CRC-32 of what was written so far. */
    public long crc32() {
        return crc32.getValue();
    }

    /** The SHA-256 of all bytes, as 64 lower-case hexadecimal digits. Nothing can be written afterwards. */
    public String sha256() {
        if (sha256 == null) {
            sha256 = HexFormat.of().formatHex(digest.digest());
        }
        return sha256;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
