// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** JSON in ASCII: every other character is escaped, so that any Java text, unpaired surrogates included, comes back. */
final class Json {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();
    // integers as long, so that equal numbers are equal nodes
    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    /** Writes the fields of an object. */
    @FunctionalInterface
    interface Fields {
        void write(JsonGenerator out) throws IOException;
    }

    private Json() {}

    static String object(Fields fields) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            out.writeStartObject();
            fields.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory can be written", e);
        }
        return text.toString();
    }

    /** A field that is left out where its value is null. */
    static void optional(JsonGenerator out, String name, @Nullable String value) throws IOException {
        if (value != null) {
            out.writeStringField(name, value);
        }
    }

    /** A field that is left out where its value is null. */
    static void optional(JsonGenerator out, String name, @Nullable Long value) throws IOException {
        if (value != null) {
            out.writeNumberField(name, value);
        }
    }

    /** An empty object. */
    static ObjectNode node() {
        return MAPPER.createObjectNode();
    }

    /** The object that has these fields. */
    static ObjectNode node(Fields fields) {
        return parse(object(fields));
    }

    /**
     * The object that this text says.
     *
     * @throws IllegalArgumentException if it isn't one
     */
    static ObjectNode parse(String text) {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
        throw new IllegalArgumentException("not a JSON object");
    }

    /** Adds a field that is left out where its value is null. */
    static ObjectNode put(ObjectNode node, String name, @Nullable String value) {
        return value == null ? node : node.put(name, value);
    }

    static JsonParser parser(String text) throws IOException {
        return FACTORY.createParser(text);
    }
}
