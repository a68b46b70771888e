// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * One spooled record as a file: a head that says what follows, then the record's bytes, then its parts. The head is four
 * bytes {@code CTSP}, its length (of what comes after the next field), the CRC-32 of that, and then media type, size, number
 * of parts, and name and size of each, as {@link DataOutputStream} writes them, which keeps every name to the last char.
 */
final class SpoolFile {

    /** The media type of a file whose head doesn't fit its content: only a broken disk makes one. */
    static final String DAMAGED = "application/x-damaged-spool-file";

    private static final int MAGIC = 0x43545350;
    private static final int PREFIX = 12;
    private static final int MAX_HEAD = 1 << 20;
    private static final int MAX_IN_MEMORY = 16_384;
    private static final int BUFFER = 65_536;

    private final RawRecord record;
    private final byte[] head;
    private final long size;

    /** A record to be written; {@link IllegalArgumentException} if its names are too long or too many. */
    SpoolFile(RawRecord record) {
        this.record = record;
        this.head = head(record);
        long total = head.length + record.bytes().size();
        for (Content part : record.parts().values()) {
            total += part.size();
        }
        this.size = total;
    }

    long size() {
        return size;
    }

    /** Opens each content once, in order. */
    void writeTo(OutputStream out) throws IOException {
        out.write(head);
        copy(record.bytes(), out);
        for (Content part : record.parts().values()) {
            copy(part, out);
        }
    }

    private static void copy(Content content, OutputStream out) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(512, content.size() + 1))];
        long count = 0;
        try (InputStream in = content.open()) {
            for (int n = in.read(buffer); n >= 0 && count <= content.size(); n = in.read(buffer)) {
                out.write(buffer, 0, n);
                count += n;
            }
        }
        if (count != content.size()) {
            throw new IOException("content declares " + content.size() + " bytes but delivers "
                    + (count > content.size() ? "more" : Long.toString(count)));
        }
    }

    private static byte[] head(RawRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(record.mediaType());
            out.writeLong(record.bytes().size());
            out.writeInt(record.parts().size());
            for (Map.Entry<String, Content> part : record.parts().entrySet()) {
                out.writeUTF(part.getKey());
                out.writeLong(part.getValue().size());
            }
        } catch (UTFDataFormatException e) {
            throw new IllegalArgumentException("the media type or the name of a part is longer than 65,535 bytes");
        } catch (IOException e) {
            throw new IllegalStateException("memory doesn't fail", e);
        }
        if (bytes.size() > MAX_HEAD) {
            throw new IllegalArgumentException("the names of the parts are longer than " + MAX_HEAD + " bytes");
        }
        return ByteBuffer.allocate(PREFIX + bytes.size())
                .putInt(MAGIC)
                .putInt(bytes.size())
                .putInt(crc32(bytes.toByteArray()))
                .put(bytes.toByteArray())
                .array();
    }

    /**
     * A record that was written; its contents are read from the file unless they are small.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such file
     */
    static RawRecord read(Storage storage, Path file, String locator) throws IOException {
        long size = storage.size(file);
        Content whole = size > MAX_IN_MEMORY ? new SpoolSlice(storage, file, 0, size) : inMemory(storage, file);
        RawRecord record = read(whole, locator);
        return record != null ? record : new RawRecord(DAMAGED, whole, locator);
    }

    private static Content inMemory(Storage storage, Path file) throws IOException {
        try (InputStream in = storage.open(file, 0)) {
            return Content.of(in.readAllBytes());
        }
    }

    private static @Nullable RawRecord read(Content whole, String locator) throws IOException {
        byte[] head = readHead(whole);
        if (head == null) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(head))) {
            long at = (long) PREFIX + head.length;
            String mediaType = in.readUTF();
            long size = in.readLong();
            Content bytes = slice(whole, at, size);
            at += size;
            Map<String, Content> parts = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                String name = in.readUTF();
                long partSize = in.readLong();
                parts.put(name, slice(whole, at, partSize));
                at += partSize;
            }
            return at == whole.size() ? new RawRecord(mediaType, bytes, parts, locator) : null;
        } catch (IndexOutOfBoundsException e) {
            return null; // the file is shorter than its head says
        }
    }

    private static byte @Nullable [] readHead(Content whole) throws IOException {
        try (InputStream in = whole.open()) {
            byte[] prefix = in.readNBytes(PREFIX);
            if (prefix.length < PREFIX) {
                return null;
            }
            ByteBuffer fields = ByteBuffer.wrap(prefix);
            int magic = fields.getInt();
            int length = fields.getInt();
            if (magic != MAGIC || length < 0 || length > MAX_HEAD) {
                return null;
            }
            byte[] head = in.readNBytes(length);
            return head.length == length && crc32(head) == fields.getInt() ? head : null;
        }
    }

    private static Content slice(Content whole, long offset, long size) throws IOException {
        if (offset > whole.size() - size) {
            throw new IndexOutOfBoundsException("behind the end");
        }
        if (whole instanceof SpoolSlice file) {
            return file.slice(offset, size);
        }
        try (InputStream in = whole.open()) {
            byte[] bytes = in.readAllBytes();
            return Content.of(Arrays.copyOfRange(bytes, (int) offset, (int) (offset + size)));
        }
    }

    private static int crc32(byte[] bytes) {
        CRC32 crc32 = new CRC32();
        crc32.update(bytes);
        return (int) crc32.getValue();
    }
}
