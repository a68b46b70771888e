// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.DigestedContent;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far each file has been read, so that lines appended to any of them, and files that turn up late, are found. When
 * there are too many for a checkpoint, those that were read to their end are remembered by a digest of name and size alone:
 * if one grows after that, it is read from its start, and what is known is recognised. Files that are gone are forgotten.
 */
final class FileCheckpoint {

    private static final int MAX_CHARACTERS = 65_536;
    private static final int DIGITS = 10;

    private final ObjectMapper json = new ObjectMapper();
    private final TreeMap<String, Mark> marks = new TreeMap<>();
    private final Set<String> done = new HashSet<>();

    /**
     * The place in one file.
     *
     * @param offset bytes read
     * @param lines lines read; if the last one has no end yet, those before it
     * @param sign {@link FileSign} of what stands before the offset
     * @param openLine where the last line starts if it had no line end yet, else -1
     * @param size of the file, unpacked, when it was read
     * @param packed {@link ExportBytes#packed}
     */
    record Mark(long offset, long lines, String sign, long openLine, long size, String packed) {
        static final Mark START = new Mark(0, 0, "", -1, 0, "");

        boolean complete() {
            return offset == size && offset > 0;
        }

        boolean isLineOpen() {
            return openLine >= 0;
        }
    }

    static FileCheckpoint of(Checkpoint checkpoint) {
        FileCheckpoint result = new FileCheckpoint();
        if (!checkpoint.value().isEmpty()) {
            result.read(checkpoint.value());
        }
        return result;
    }

    Mark mark(String file) {
        return marks.getOrDefault(file, Mark.START);
    }

    void put(String file, Mark mark) {
        marks.put(file, mark);
    }

    Map<String, Mark> marks() {
        return marks;
    }

    /** Whether there are files of which the size is needed. */
    boolean hasDone() {
        return !done.isEmpty();
    }

    /**
     * Whether a file was read to its end and has the size that it had then.
     *
     * @param size of the file as it lies there, compressed or not
     */
    boolean isDone(String file, long size) {
        return done.contains(digest(file, size));
    }

    /** Forgets the files that are gone. */
    void keepOnly(Map<String, Long> files) {
        marks.keySet().retainAll(files.keySet());
        if (!done.isEmpty()) {
            Set<String> present = new HashSet<>();
            files.forEach((file, size) -> present.add(digest(file, size)));
            done.retainAll(present);
        }
    }

    /** @throws IOException if there are too many files */
    Checkpoint toCheckpoint() throws IOException {
        String value = write();
        while (value.length() > MAX_CHARACTERS) {
            if (!shorten()) {
                throw new IOException("there are more export files than a checkpoint has room for."
                        + " Move away those that are archived");
            }
            value = write();
        }
        return new Checkpoint(value);
    }

    /** Remembers the first by name of those that were read to their end by their digests alone; false if there is none. */
    private boolean shorten() {
        int wanted = marks.size() / 4 + 1;
        int count = 0;
        Iterator<Map.Entry<String, Mark>> entries = marks.entrySet().iterator();
        while (entries.hasNext() && count < wanted) {
            Map.Entry<String, Mark> entry = entries.next();
            if (entry.getValue().complete()) {
                done.add(digest(entry.getKey(), storedSize(entry.getValue())));
                entries.remove();
                count++;
            }
        }
        return count > 0;
    }

    private static long storedSize(Mark mark) {
        String packed = mark.packed();
        return packed.isEmpty() ? mark.size() : Long.parseLong(packed.substring(0, packed.indexOf('-')));
    }

    private static String digest(String file, long size) {
        try {
            return DigestedContent.of(Content.ofUtf8(size + "/" + file))
                    .sha256()
                    .substring(0, DIGITS);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
    }

    private String write() {
        ObjectNode root = json.createObjectNode();
        if (!done.isEmpty()) {
            root.put("done", String.join("", done.stream().sorted().toList()));
        }
        ObjectNode files = root.putObject("files");
        for (Map.Entry<String, Mark> entry : marks.entrySet()) {
            Mark mark = entry.getValue();
            ArrayNode node = files.putArray(entry.getKey());
            node.add(mark.offset()).add(mark.lines()).add(mark.sign());
            if (mark.isLineOpen() || !mark.complete() || !mark.packed().isEmpty()) {
                node.add(mark.size()).add(mark.openLine()).add(mark.packed());
            }
        }
        return root.toString();
    }

    private void read(String value) {
        JsonNode root = tree(value);
        if (root == null || !root.path("files").isObject()) {
            throw new IllegalArgumentException("not a checkpoint of a source of files");
        }
        String digests = root.path("done").asText("");
        for (int i = 0; i + DIGITS <= digests.length(); i += DIGITS) {
            done.add(digests.substring(i, i + DIGITS));
        }
        for (Map.Entry<String, JsonNode> file : root.path("files").properties()) {
            JsonNode mark = file.getValue();
            long offset = mark.path(0).asLong();
            marks.put(
                    file.getKey(),
                    new Mark(
                            offset,
                            mark.path(1).asLong(),
                            mark.path(2).asText(),
                            mark.path(4).asLong(-1),
                            mark.path(3).asLong(offset),
                            mark.path(5).asText("")));
        }
    }

    private @Nullable JsonNode tree(String value) {
        try {
            return json.readTree(value);
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
