// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.io.DigestingOutputStream;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.ContentLocation;
import io.github.celltrustarchive.spi.Stager;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
        boolean small = location.length() <= IN_MEMORY;
        ByteArrayOutputStream memory = new ByteArrayOutputStream(small ? (int) location.length() : 0);
        DigestingOutputStream digesting = new DigestingOutputStream(small ? memory : OutputStream.nullOutputStream());
        try (InputStream in = open(stager, location)) {
            in.transferTo(digesting);
        }
        if (!digesting.sha256().equals(location.sha256())) {
            return Optional.empty();
        }
        return Optional.of(small ? Content.of(memory.toByteArray()) : new InStage(stager, location));
    }

    private static InputStream open(Stager stager, ContentLocation location) throws IOException {
        return stager.open(location.object(), location.offset(), location.length());
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
