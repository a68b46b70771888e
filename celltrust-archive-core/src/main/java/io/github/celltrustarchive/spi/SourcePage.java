// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * Some records in the source's order, and how far they reach. Contents of the records can be read until the page is
 * closed; the pipeline closes it after it has committed the page, or given it up.
 */
public interface SourcePage extends AutoCloseable {

    /** The records, possibly none; an empty page says nothing about the end of the source. */
    List<RawRecord> records();

    /** Where the next page starts. Equal to the checkpoint that was read from if, and only if, the page is empty. */
    Checkpoint next();

    /** Whether the source has more now. False is the source's explicit word that it was read to its end. */
    boolean more();

    /** Frees what the page holds (spool files, buffers). A second call does nothing. */
    @Override
    default void close() throws IOException {}

    /** A page that holds nothing that must be freed. */
    static SourcePage of(List<RawRecord> records, Checkpoint next, boolean more) {
        List<RawRecord> copy = List.copyOf(records);
        Objects.requireNonNull(next, "next");
        return new SourcePage() {
            @Override
            public List<RawRecord> records() {
                return copy;
            }

            @Override
            public Checkpoint next() {
                return next;
            }

            @Override
            public boolean more() {
                return more;
            }
        };
    }
}
