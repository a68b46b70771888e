// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.celltrustarchive.model.Checkpoint;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far each file has been read, so that lines appended to any of them, and files that turn up late, are found. Files
 * that are gone are forgotten. When there are too many for a checkpoint, the first by name are: from then on nothing up to
 * the last of them is looked at again.
 */
final class JsonLinesCheckpoint {

    private static final int MAX_CHARACTERS = 60_000;

    private final ObjectMapper json = new ObjectMapper();
    private final TreeMap<String, Mark> marks = new TreeMap<>();
    private String floor = "";

    /**
     * The place in one file.
     *
     * @param offset bytes read
     * @param lines lines read
     * @param tail digest of what stands before the offset
     * @param openLine where the last line starts if it had no line end yet, else -1
     */
    record Mark(long offset, long lines, String tail, long openLine) {
        static final Mark START = new Mark(0, 0, "", -1);
    }

    static JsonLinesCheckpoint of(Checkpoint checkpoint) {
        JsonLinesCheckpoint result = new JsonLinesCheckpoint();
        if (!checkpoint.value().isEmpty()) {
            result.read(checkpoint.value());
        }
        return result;
    }

    /** Whether a file of this name is past looking at. */
    boolean forgotten(String file) {
        return file.compareTo(floor) <= 0;
    }

    Mark mark(String file) {
        return marks.getOrDefault(file, Mark.START);
    }

    void put(String file, Mark mark) {
        marks.put(file, mark);
    }

    void keepOnly(Set<String> files) {
        marks.keySet().retainAll(files);
    }

    Checkpoint toCheckpoint() {
        String value = write();
        while (value.length() > MAX_CHARACTERS && marks.size() > 1) {
            for (int drop = marks.size() / 8 + 1; drop > 0 && marks.size() > 1; drop--) {
                floor = marks.pollFirstEntry().getKey();
            }
            value = write();
        }
        return new Checkpoint(value);
    }

    private String write() {
        ObjectNode root = json.createObjectNode();
        if (!floor.isEmpty()) {
            root.put("after", floor);
        }
        ObjectNode files = root.putObject("files");
        for (Map.Entry<String, Mark> entry : marks.entrySet()) {
            Mark mark = entry.getValue();
            ArrayNode node = files.putArray(entry.getKey());
            node.add(mark.offset()).add(mark.lines()).add(mark.tail());
            if (mark.openLine() >= 0) {
                node.add(mark.openLine());
            }
        }
        return root.toString();
    }

    private void read(String value) {
        JsonNode root = tree(value);
        if (root == null || !root.path("files").isObject()) {
            throw new IllegalArgumentException("not a checkpoint of a JSON Lines source");
        }
        floor = root.path("after").asText("");
        for (Map.Entry<String, JsonNode> file : root.path("files").properties()) {
            JsonNode mark = file.getValue();
            marks.put(
                    file.getKey(),
                    new Mark(
                            mark.path(0).asLong(),
                            mark.path(1).asLong(),
                            mark.path(2).asText(),
                            mark.path(3).asLong(-1)));
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
