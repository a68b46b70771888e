// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.github.celltrustarchive.io.DigestingOutputStream;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.spi.ContentWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a pack: an ordinary ZIP file (APPNOTE 6.3, with ZIP64 where needed) that any tool opens.
 *
 * <p>Entries are stored, not deflated, and carry one fixed time, so that the same entries give the same bytes and each can
 * be read by its offset. {@link #finish} adds {@value #MANIFEST}, one JSON line per entry, and {@value #CHECKSUMS} in the
 * form of GNU coreutils: {@code unzip pack.zip && sha256sum -c SHA256SUMS} checks a pack without this library.
 *
 * <p>Memory: the manifest's lines until the end, and one buffer of {@value #RENDER_IN_MEMORY} bytes. Not
 * thread-safe. After an {@link IOException} the pack is of no use.
 */
final class PackWriter {

    /** The entry that lists the others. */
    public static final String MANIFEST = "manifest.jsonl";

    /** The entry with the digests of all others. */
    public static final String CHECKSUMS = "SHA256SUMS";

    /** What is made while it is written is made once up to this many bytes, and twice beyond. */
    static final int RENDER_IN_MEMORY = 256 * 1024;

    private static final int MAX_NAME = 200;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*");

    // Not midnight: java.util.zip marks that as "unknown" and adds a field that depends on the time zone.
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0, 2);

    private static final List<String> FIELDS = List.of("name", "size", "sha256");
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final CountingOutputStream counting;
    private final ZipOutputStream zip;
    private final Set<String> names = new HashSet<>(Set.of(folded(MANIFEST), folded(CHECKSUMS)));
    private final StringBuilder manifest = new StringBuilder();
    private final StringBuilder checksums = new StringBuilder();
    private final KeptBytes kept = new KeptBytes(RENDER_IN_MEMORY);
    private final byte[] buffer = new byte[64 * 1024];
    private boolean sound = true;
    private boolean finished;

    /** A pack that starts with the next byte of this stream. The stream should be buffered; it is never closed. */
    public PackWriter(OutputStream out) {
        counting = new CountingOutputStream(out);
        zip = new ZipOutputStream(counting, StandardCharsets.UTF_8);
        zip.setMethod(ZipOutputStream.STORED);
    }

    /** {@link #add(String, Map, DigestedContent)} without metadata. */
    public PackEntry add(String name, DigestedContent content) throws IOException {
        return add(name, Map.of(), content);
    }

    /**
     * Adds an entry whose digests are known.
     *
     * @param name at most 200 characters: letters, digits, {@code -}, {@code _} and {@code .} between slashes, no part
     *     starting with {@code .} or {@code -}; unique without regard to case. Never something the source said
     * @param metadata more of the entry's manifest line, such as the item's key, its role and the original file name; any
     *     text will do, but {@code name}, {@code size} and {@code sha256} are taken. Written in the order of its keys
     * @throws IllegalArgumentException if name or metadata don't fit, or the name was used before
     * @throws IOException from the streams, or if the content no longer has the digest it had
     */
    public PackEntry add(String name, Map<String, String> metadata, DigestedContent content) throws IOException {
        requireNewName(name, metadata);
        long offset = begin(name, content.size(), content.crc32());
        try (InputStream in = content.open()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                zip.write(buffer, 0, n);
            }
        } catch (RuntimeException e) {
            throw new IOException("entry " + name + " can't be read", e);
        }
        end(name, offset, content.size(), content.sha256(), metadata);
        return new PackEntry(name, offset, content.size(), content.sha256());
    }

    /** {@link #add(String, Map, ContentWriter)} without metadata. */
    public PackEntry add(String name, ContentWriter writer) throws IOException {
        return add(name, Map.of(), writer);
    }

    /**
     * Adds an entry that is made while it is written. The writer is called once, or twice if it makes more than
     * {@value #RENDER_IN_MEMORY} bytes. A runtime exception of the writer passes through and leaves the pack as it was, so
     * that it can go on without this entry.
     *
     * @param name as in {@link #add(String, Map, DigestedContent)}
     * @param metadata as there
     * @throws IllegalArgumentException if name or metadata don't fit, or the name was used before
     * @throws IOException from the stream or the writer, or if the writer doesn't repeat itself
     */
    public PackEntry add(String name, Map<String, String> metadata, ContentWriter writer) throws IOException {
        requireNewName(name, metadata);
        kept.reset();
        DigestingOutputStream rendering = new DigestingOutputStream(kept);
        try {
            writer.writeTo(rendering);
        } catch (RuntimeException | StackOverflowError e) {
            names.remove(folded(name));
            throw e;
        }
        String sha256 = rendering.sha256();
        long offset = begin(name, rendering.size(), rendering.crc32());
        if (kept.isWhole()) {
            kept.copyTo(zip);
        } else if (!renderAgain(name, writer).equals(sha256)) {
            throw new IOException("entry " + name + " was made of other bytes the second time");
        }
        end(name, offset, rendering.size(), sha256, metadata);
        return new PackEntry(name, offset, rendering.size(), sha256);
    }

    private String renderAgain(String name, ContentWriter writer) throws IOException {
        DigestingOutputStream again = new DigestingOutputStream(zip);
        try {
            writer.writeTo(again);
        } catch (RuntimeException | StackOverflowError e) {
            throw new IOException("entry " + name + " could be made once, but not again", e);
        }
        return again.sha256();
    }

    /** How many bytes the pack has so far, to split it before it grows too large. */
    public long size() {
        return counting.count;
    }

    /**
     * Writes manifest, checksums and directory, and flushes the stream. Nothing can be added afterwards.
     *
     * @throws IOException from the stream
     */
    public void finish() throws IOException {
        requireOpen();
        addText(MANIFEST, manifest);
        addText(CHECKSUMS, checksums);
        finished = true;
        zip.finish();
        zip.flush();
    }

    private void addText(String name, StringBuilder text) throws IOException {
        DigestingOutputStream rendering = new DigestingOutputStream(OutputStream.nullOutputStream());
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        rendering.write(bytes, 0, bytes.length);
        begin(name, bytes.length, rendering.crc32());
        zip.write(bytes);
        zip.closeEntry();
        sound = true;
        checksum(name, rendering.sha256());
    }

    private long begin(String name, long size, long crc32) throws IOException {
        sound = false;
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(size);
        entry.setCompressedSize(size);
        entry.setCrc(crc32);
        zip.putNextEntry(entry);
        return counting.count;
    }

    private void end(String name, long offset, long length, String sha256, Map<String, String> metadata)
            throws IOException {
        zip.closeEntry(); // compares size and CRC-32
        if (counting.count != offset + length) {
            throw new IOException("entry " + name + " isn't stored as it is");
        }
        sound = true;
        manifestLine(name, length, sha256, metadata);
        checksum(name, sha256);
    }

    private void manifestLine(String name, long length, String sha256, Map<String, String> metadata)
            throws IOException {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("name", name);
            json.writeNumberField("size", length);
            json.writeStringField("sha256", sha256);
            for (Map.Entry<String, String> field : new TreeMap<>(metadata).entrySet()) {
                json.writeStringField(field.getKey(), field.getValue());
            }
            json.writeEndObject();
        }
        manifest.append(line.getBuffer()).append('\n');
    }

    private void checksum(String name, String sha256) {
        checksums.append(sha256).append("  ").append(name).append('\n');
    }

    private void requireNewName(String name, Map<String, String> metadata) throws IOException {
        requireOpen();
        if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a safe entry name");
        }
        if (metadata.keySet().stream().anyMatch(FIELDS::contains)) {
            throw new IllegalArgumentException("metadata must not be called " + FIELDS);
        }
        if (!names.add(folded(name))) {
            throw new IllegalArgumentException("the pack has an entry " + name + " already");
        }
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private void requireOpen() throws IOException {
        if (finished) {
            throw new IllegalStateException("the pack is finished");
        }
        if (!sound) {
            throw new IOException("an entry could be written only in part: the pack is of no use");
        }
    }

    /** Knows how many bytes have passed. */
    private static final class CountingOutputStream extends OutputStream {
        private final OutputStream out;
        private long count;

        CountingOutputStream(OutputStream out) {
            this.out = Objects.requireNonNull(out, "out");
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
