// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * Passes bytes on, and fails instead of handing out the last of them if they aren't those of a digest. What is skipped is read,
 * and there is no mark to go back to. Not thread-safe.
 */
final class VerifiedInputStream extends InputStream {

    private final InputStream in;
    private final MessageDigest digest = Hex.sha256();
    private final long size;
    private final String sha256;
    private long count;

    VerifiedInputStream(InputStream in, long size, String sha256) {
        this.in = in;
        this.size = size;
        this.sha256 = sha256;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        if (read > 0) {
            digest.update(bytes, offset, read);
            count += read;
        }
        boolean wrong = count > size || (read < 0 && count < size);
        if (wrong || (read > 0 && count == size && !Hex.of(digest.digest()).equals(sha256))) {
            throw new IOException("the content changed while it was in use: it no longer is the " + size
                    + " bytes with SHA-256 " + sha256 + " that it was when it was first read");
        }
        return read;
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
