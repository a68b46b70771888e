// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import java.io.IOException;
import java.io.OutputStream;

/** Bytes that are made while they are written. Called again, it writes the same bytes again. */
@FunctionalInterface
public interface ContentWriter {

    /**
     * Writes all bytes. Doesn't close the stream; keeps nothing of it afterwards.
     *
     * @throws IOException from the stream, or if what the bytes are made of can't be read
     */
    void writeTo(OutputStream out) throws IOException;
}
