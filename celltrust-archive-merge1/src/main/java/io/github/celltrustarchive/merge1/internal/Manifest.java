// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a folder must hold (docs/merge1-drop.md, "Manifest").
 *
 * @param files by name
 */
record Manifest(Map<String, Entry> files) {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxStringLength(4_096)
                    .maxNumberLength(20)
                    .maxDocumentLength(1L << 26)
                    .build())
            .build();

    /**
     * One file.
     *
     * @param size in bytes
     * @param sha256 64 lower-case hexadecimal digits
     */
    record Entry(long size, String sha256) {}

    /** A manifest that isn't one; the message quotes nothing of it. */
    static final class InvalidException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidException(String message) {
            super(message);
        }
    }

    /**
     * Reads a manifest.
     *
     * @throws InvalidException if it isn't one
     * @throws IOException if it can't be read now
     */
    static Manifest read(InputStream in) throws IOException, InvalidException {
        try (JsonParser json = JSON.createParser(in)) {
            Map<String, Entry> files = new HashMap<>();
            long version = -1;
            long count = -1;
            expect(json.nextToken(), JsonToken.START_OBJECT);
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                switch (name) {
                    case "version" -> version = number(json, value);
                    case "count" -> count = number(json, value);
                    case "files" -> files(json, value, files);
                    default -> json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw new InvalidException("something follows its end");
            }
            if (version != 1) {
                throw new InvalidException("its version isn't 1");
            }
            if (count != files.size()) {
                throw new InvalidException("it counts " + count + " files and names " + files.size());
            }
            return new Manifest(files);
        } catch (JsonProcessingException | CharConversionException e) { // its message quotes the document
            throw new InvalidException("it is no JSON");
        }
    }

    private static void files(JsonParser json, JsonToken start, Map<String, Entry> files)
            throws IOException, InvalidException {
        expect(start, JsonToken.START_ARRAY);
        while (json.nextToken() == JsonToken.START_OBJECT) {
            String name = null;
            long size = -1;
            String sha256 = null;
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                switch (field) {
                    case "name" -> name = text(json, value);
                    case "size" -> size = number(json, value);
                    case "sha256" -> sha256 = digest(text(json, value));
                    default -> json.skipChildren();
                }
            }
            if (name == null || size < 0 || sha256 == null) {
                throw new InvalidException("one of its files has no name, size or sha256");
            }
            if (files.put(name, new Entry(size, sha256)) != null) {
                throw new InvalidException("it names a file twice");
            }
        }
        expect(json.currentToken(), JsonToken.END_ARRAY);
    }

    private static String digest(String hex) throws InvalidException {
        if (!hex.matches("[0-9a-fA-F]{64}")) {
            throw new InvalidException("one of its digests isn't 64 hexadecimal digits");
        }
        return hex.toLowerCase(Locale.ROOT);
    }

    private static String text(JsonParser json, JsonToken token) throws IOException, InvalidException {
        expect(token, JsonToken.VALUE_STRING);
        return json.getText();
    }

    private static long number(JsonParser json, JsonToken token) throws IOException, InvalidException {
        expect(token, JsonToken.VALUE_NUMBER_INT);
        return json.getLongValue();
    }

    private static void expect(@Nullable JsonToken token, JsonToken expected) throws InvalidException {
        if (token != expected) {
            throw new InvalidException("it doesn't have the form of a manifest");
        }
    }

    /** How many files, never their names. */
    @Override
    public String toString() {
        return "Manifest[" + files.size() + " files]";
    }
}
