// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.DeleteResult;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.StagedObject;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ContentWriter;
import io.github.celltrustarchive.spi.Stager;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A stage in memory. May be used by several threads at once. */
public final class InMemoryStager implements Stager {

    private static final String PREFIX = "memory:/";

    private final Map<String, byte[]> objects = new TreeMap<>();

    /** An empty stage. */
    public InMemoryStager() {}

    @Override
    public StagedObject put(String name, ContentWriter bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        bytes.writeTo(out);
        return store(name, out.toByteArray());
    }

    private synchronized StagedObject store(String name, byte[] bytes) throws IOException {
        byte[] earlier = objects.putIfAbsent(name, bytes);
        if (earlier != null && !Arrays.equals(earlier, bytes)) {
            throw ArchiveException.stop("stage: " + name + " is taken by other bytes", null);
        }
        return describe(name, bytes);
    }

    private static StagedObject describe(String name, byte[] bytes) throws IOException {
        String sha256 = DigestedContent.of(Content.of(bytes)).sha256();
        return new StagedObject(name, URI.create(PREFIX + name), bytes.length, sha256);
    }

    @Override
    public synchronized InputStream open(URI object, long offset, long length) throws IOException {
        byte[] bytes = objects.get(name(object));
        if (bytes == null) {
            throw new NoSuchFileException(object.toString());
        }
        long available = bytes.length - offset;
        if (available < 0 || length > available) {
            throw new EOFException("the object ends before the bytes that are asked for");
        }
        return new ByteArrayInputStream(bytes, (int) offset, (int) (length < 0 ? available : length));
    }

    @Override
    public synchronized Stream<StagedObject> list(String prefix) {
        return objects.entrySet().stream()
                .filter(object -> object.getKey().startsWith(prefix))
                .map(object -> new StagedObject(
                        object.getKey(), URI.create(PREFIX + object.getKey()), object.getValue().length, null))
                .toList()
                .stream();
    }

    @Override
    public synchronized DeleteResult delete(URI object) {
        return objects.remove(name(object)) == null ? DeleteResult.ABSENT : DeleteResult.DELETED;
    }

    /** The names of all objects, sorted. */
    public synchronized List<String> names() {
        return List.copyOf(objects.keySet());
    }

    /** Changes the last bit of one byte of an object, as a failing disk might. */
    public synchronized void flipBit(URI object, long offset) {
        byte[] changed = Objects.requireNonNull(objects.get(name(object)), "no such object")
                .clone();
        changed[(int) offset] ^= 1;
        objects.put(name(object), changed);
    }

    private static String name(URI object) {
        String text = object.toString();
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("not an object of this stage");
        }
        return text.substring(PREFIX.length());
    }
}
