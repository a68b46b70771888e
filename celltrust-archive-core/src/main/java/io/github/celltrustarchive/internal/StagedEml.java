// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.ContentLocation;
import io.github.celltrustarchive.spi.Stager;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Reads a message from the stage and checks that its bytes are the ones that were recorded. */
final class StagedEml {

    private static final int IN_MEMORY = 64 << 10; // a batch of them is in memory at once

    private StagedEml() {}

    /**
     * The message, or empty if its bytes have changed. A small one is in memory; a large one is read again at each
     * {@link Content#open()}.
     */
    static Optional<Content> read(Stager stager, ContentLocation location) throws IOException {
        MessageDigest sha256 = sha256();
        Content content;
        try (InputStream in = open(stager, location);
                DigestInputStream digesting = new DigestInputStream(in, sha256)) {
            if (location.length() <= IN_MEMORY) {
                content = Content.of(digesting.readNBytes((int) location.length()));
            } else {
                digesting.transferTo(OutputStream.nullOutputStream());
                content = new InStage(stager, location);
            }
        }
        boolean same = HexFormat.of().formatHex(sha256.digest()).equals(location.sha256());
        return same ? Optional.of(content) : Optional.empty();
    }

    private static InputStream open(Stager stager, ContentLocation location) throws IOException {
        return stager.open(location.object(), location.offset(), location.length());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private record InStage(Stager stager, ContentLocation location) implements Content {
        @Override
        public InputStream open() throws IOException {
            return StagedEml.open(stager, location);
        }

        @Override
        public long size() {
            return location.length();
        }
    }
}
