// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.spi.SourceAdapter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is archived, and by which rules users are mapped.
 *
 * @param source a file or folder, or what people know it by
 * @param map which user has which mailbox, or null
 * @param domains the firm's own
 * @param opening opens it; a pipeline closes it
 */
record Export(Path source, @Nullable Path map, Set<String> domains, Opening opening) {

    /** Opens a source. */
    @FunctionalInterface
    interface Opening {
        SourceAdapter open() throws IOException;
    }

    /** A file or folder in JSON Lines. */
    Export(Path source, @Nullable Path map, Set<String> domains) {
        this(source, map, domains, () -> JsonLinesSource.of(source));
    }
}
