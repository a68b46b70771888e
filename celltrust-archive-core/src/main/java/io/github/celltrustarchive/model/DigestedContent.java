// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * A content with its SHA-256 and CRC-32, so that it is read once for both however many times they are asked for.
 *
 * @param content the bytes
 * @param size their number, as counted while reading
 * @param sha256 64 lower-case hexadecimal digits
 * @param crc32 the CRC-32 that a ZIP entry carries
 */
public record DigestedContent(Content content, long size, String sha256, long crc32) implements Content {

    public DigestedContent {
        Objects.requireNonNull(content, "content");
        Hex.requireSha256(sha256, "sha256");
    }

    /**
     * Reads {@code content} once, or returns it as it is if it has its digests already.
     *
     * @throws IOException if it can't be read, or if it delivers another number of bytes than it declares
     */
    public static DigestedContent of(Content content) throws IOException {
        if (content instanceof DigestedContent digested) {
            return digested;
        }
        MessageDigest sha256 = Hex.sha256();
        CRC32 crc32 = new CRC32();
        long count = 0;
        byte[] buffer = new byte[(int) Math.min(65_536, Math.max(512, content.size()))];
        try (InputStream in = content.open()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha256.update(buffer, 0, n);
                crc32.update(buffer, 0, n);
                count += n;
            }
        }
        if (count != content.size()) {
            throw new IOException("content declares " + content.size() + " bytes but delivers " + count);
        }
        return new DigestedContent(content, count, Hex.of(sha256.digest()), crc32.getValue());
    }

    /**
     * Opens a new stream at the first byte. Whoever reads it to its last byte has read the bytes of this digest: a stream of
     * others, more or fewer of them, fails before.
     *
     * @throws IOException from the content; from the stream also if the content has changed since it was digested
     */
    @Override
    public InputStream open() throws IOException {
        return new VerifiedInputStream(content.open(), size, sha256);
    }

    @Override
    public String toString() {
        return "Content[" + size + " bytes, sha256 " + sha256 + "]";
    }
}
