// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.DeleteResult;
import io.github.celltrustarchive.model.StagedObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * A plain object store: named, immutable objects. What is staged is what legal holds and retries rely on, so nothing is
 * ever overwritten.
 *
 * <p>May be called by several threads at once. Names are {@code /}-separated paths of letters, digits, {@code -},
 * {@code _} and {@code .}, chosen by the pipeline.
 */
public interface Stager extends AutoCloseable {

    /**
     * Stores an object if the name is free. Durable on return: neither a killed process nor a power failure takes it back.
     *
     * <p>If the name is taken by an object of the same length and SHA-256, that object is returned: an earlier try had
     * succeeded. A try whose writer fails throws what the writer threw and leaves nothing under the name, which stays free.
     *
     * @param bytes is called at least once
     * @return the object with the digest of its plain bytes, whatever the store does to them (encryption, compression)
     * @throws IOException if it can't be stored now: tried again later
     * @throws ArchiveException with remedy {@code STOP} if the name is taken by other bytes, or the store can't be used
     */
    StagedObject put(String name, ContentWriter bytes) throws IOException, InterruptedException;

    /**
     * Opens part of an object. The caller closes the stream.
     *
     * @param offset of the first byte wanted
     * @param length how many bytes; a negative number means all up to the end
     * @throws java.nio.file.NoSuchFileException if there is no such object
     * @throws IOException if it can't be read now, or ends before {@code offset + length}: thrown here or while reading,
     *     never a shorter answer
     */
    InputStream open(URI object, long offset, long length) throws IOException;

    /**
     * All objects whose name starts with a prefix, which may be empty or end in the middle of a word, in any order, to find
     * those that no ledger knows. The caller closes the stream. Objects that are being put may or may not be listed.
     */
    Stream<StagedObject> list(String prefix) throws IOException;

    /** Deletes an object, unless retention keeps it. Gone on return: a second call answers {@code ABSENT}. */
    DeleteResult delete(URI object) throws IOException, InterruptedException;

    /**
     * Looks, before a run, whether objects can be put: credentials, permissions, space, clock. Leaves no object behind.
     *
     * @return one entry for each thing looked at, passed ones included; empty by default
     * @throws IOException if it can't be looked at now: reported as a failed check, as every exception is
     */
    default List<Check> preflight() throws IOException, InterruptedException {
        return List.of();
    }

    /** Frees connections. A second call does nothing. */
    @Override
    default void close() throws IOException {}
}
