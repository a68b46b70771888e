// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Bytes that can be read again and again: a record, an attachment, an EML.
 *
 * <p>Contents are handed around instead of byte arrays so that memory is bounded by buffers, not by the size of what is
 * archived. An implementation returns the same bytes from every {@link #open()} for as long as the page or delivery it
 * came with is open, and may be read by several threads at once, each through a stream of its own.
 */
public interface Content {

    /** No bytes. */
    Content EMPTY = of(new byte[0]);

    /**
     * Opens a new stream at the first byte. The caller closes it.
     *
     * @throws IOException if the bytes can't be had now; the caller may try again later
     */
    InputStream open() throws IOException;

    /** The number of bytes that {@link #open()} delivers, never negative. */
    long size();

    /** The given bytes. The array is copied. */
    static Content of(byte[] bytes) {
        return new ByteArrayContent(bytes.clone());
    }

    /** The UTF-8 form of {@code text}; an unpaired surrogate becomes {@code ?}. */
    static Content ofUtf8(String text) {
        return new ByteArrayContent(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The bytes of a file. Its size is taken now; the file must not change while the content is in use.
     *
     * @throws IOException if the file can't be found or its size can't be read
     */
    static Content of(Path file) throws IOException {
        return FileContent.of(file);
    }
}
