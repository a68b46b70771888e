// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.ContentLocation;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.Stager;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * What lies where in a pack, found by reading it once from its first byte to its manifest. That works because a pack's
 * entries are stored one after the other with their sizes before them, as {@link PackWriter} writes them.
 */
final class PackIndex {

    private static final int LOCAL_HEADER = 0x04034b50; // APPNOTE 4.3.7
    private static final int LOCAL_HEADER_LENGTH = 30;
    private static final long IN_ZIP64_FIELD = 0xFFFFFFFFL;
    private static final String RECORD = "record";
    private static final String UNKNOWN_TYPE = "application/octet-stream";
    private static final JsonFactory JSON = new JsonFactory();

    private record Place(String name, long offset, long length) {}

    private final Stager stager;
    private final URI pack;
    private final TreeMap<String, Place> places = new TreeMap<>(); // numbered with leading zeros, so in order
    private final Map<String, Map<String, String>> manifest = new HashMap<>();

    private PackIndex(Stager stager, URI pack) {
        this.stager = stager;
        this.pack = pack;
    }

    /**
     * Reads a pack.
     *
     * @throws ZipException if this isn't a whole pack
     * @throws IOException if it can't be read now
     */
    static PackIndex of(Stager stager, URI pack) throws IOException {
        PackIndex index = new PackIndex(stager, pack);
        try (InputStream in = new BufferedInputStream(stager.open(pack, 0, -1), 1 << 16)) {
            index.readTo(PackWriter.MANIFEST, in);
        } catch (EOFException | JsonProcessingException e) {
            throw notAPack(e);
        }
        return index;
    }

    private void readTo(String last, InputStream in) throws IOException {
        long offset = 0;
        while (true) {
            ByteBuffer header = read(in, LOCAL_HEADER_LENGTH);
            if (header.getInt(0) != LOCAL_HEADER) {
                throw notAPack(null);
            }
            int nameLength = Short.toUnsignedInt(header.getShort(26));
            int extraLength = Short.toUnsignedInt(header.getShort(28));
            String name = new String(read(in, nameLength).array(), StandardCharsets.UTF_8);
            long length = length(header, read(in, extraLength));
            offset += LOCAL_HEADER_LENGTH + nameLength + extraLength;
            if (name.equals(last)) {
                readManifest(in.readNBytes(Math.toIntExact(Math.min(length, Integer.MAX_VALUE - 8))));
                return;
            }
            places.put(name, new Place(name, offset, length));
            in.skipNBytes(length);
            offset += length;
        }
    }

    private static ByteBuffer read(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the pack ends early");
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The stored size; in the ZIP64 extra field where 32 bits aren't enough (APPNOTE 4.5.3). */
    private static long length(ByteBuffer header, ByteBuffer extra) throws ZipException {
        long length = Integer.toUnsignedLong(header.getInt(18));
        if (length != IN_ZIP64_FIELD) {
            return length;
        }
        for (int at = 0; at + 4 <= extra.capacity(); at += 4 + Short.toUnsignedInt(extra.getShort(at + 2))) {
            if (extra.getShort(at) == 1 && at + 20 <= extra.capacity() && extra.getLong(at + 12) >= 0) {
                return extra.getLong(at + 12);
            }
        }
        throw notAPack(null);
    }

    private void readManifest(byte[] lines) throws IOException {
        try (JsonParser json = JSON.createParser(new ByteArrayInputStream(lines))) {
            while (json.nextToken() == JsonToken.START_OBJECT) {
                Map<String, String> fields = new HashMap<>();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String field = json.currentName();
                    json.nextToken();
                    fields.put(field, json.getText());
                }
                manifest.put(fields.getOrDefault("name", ""), fields);
            }
        }
    }

    /**
     * The record whose bytes lie here, with its parts; empty if they aren't the bytes that were staged.
     *
     * @throws IOException if the stage can't be read now
     */
    Optional<RawRecord> record(ContentLocation raw) throws IOException {
        Optional<Place> place = places.values().stream()
                .filter(p -> p.offset() == raw.offset() && p.name().endsWith(RECORD))
                .findFirst();
        Optional<Content> bytes = StagedEml.read(stager, raw);
        if (place.isEmpty() || bytes.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> fields = manifest.getOrDefault(place.get().name(), Map.of());
        String folder = place.get().name().substring(0, place.get().name().length() - RECORD.length());
        Map<String, Content> parts = new LinkedHashMap<>();
        for (Place part : places.subMap(folder + "part-", folder + "part.").values()) {
            Map<String, String> about = manifest.getOrDefault(part.name(), Map.of());
            Optional<Content> content = content(part, about.get("sha256"));
            if (content.isEmpty()) {
                return Optional.empty();
            }
            parts.put(about.getOrDefault("sourceName", ""), content.get());
        }
        return Optional.ofNullable(fields.get("sourceName"))
                .map(locator ->
                        new RawRecord(fields.getOrDefault("mediaType", UNKNOWN_TYPE), bytes.get(), parts, locator));
    }

    private Optional<Content> content(Place place, @Nullable String sha256) throws IOException {
        if (sha256 == null) {
            return Optional.empty();
        }
        try {
            return StagedEml.read(stager, new ContentLocation(pack, place.offset(), place.length(), sha256));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // what the manifest says isn't a digest
        }
    }

    private static ZipException notAPack(@Nullable Exception cause) {
        ZipException damaged = new ZipException("this isn't a whole pack");
        if (cause != null) {
            damaged.initCause(cause);
        }
        return damaged;
    }
}
