// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.RawRecord;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a format adds to reading export files. */
interface FileFormat {

    /** How the names of its files end, such as {@code .jsonl}; compressed ones end in {@code .gz} behind that. */
    String extension();

    /** How many bytes of a record are held in memory; of a longer one the content stays in the file. */
    int maxInMemory();

    /** A new finder of the ends of records. */
    LineEnd lineEnd();

    /** Whether what stands behind a line feed is a new record whatever came before. */
    boolean everyLineFeedEnds();

    /**
     * Begins a file.
     *
     * @param attachments opens the files that its records name
     * @return null if there is nothing to read in it yet
     * @throws IOException if it can't be read
     * @throws io.github.celltrustarchive.spi.ArchiveException if it isn't what was configured
     */
    @Nullable
    Reader begin(String name, ExportBytes bytes, AttachmentFolder attachments) throws IOException;

    /** Makes records of one file. */
    interface Reader {

        /** Offset of the first record. */
        long start();

        /** How many lines stand before the first record. */
        long linesBefore();

        /** The record, or null if there is none in this line. */
        @Nullable
        RawRecord record(String locator, LineReader.Line line) throws IOException;
    }
}
