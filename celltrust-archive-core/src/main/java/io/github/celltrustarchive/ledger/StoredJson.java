// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON that the ledger wrote, and refuses everything else: what was changed behind its back must not become
 * another message's mailbox. A field that isn't known is passed over, so that a later version may add one.
 */
final class StoredJson {

    /** Makes a value of the JSON. */
    @FunctionalInterface
    interface Reader<T> {
        T read(StoredJson in) throws IOException;
    }

    /** Takes the value of a field, or says that it doesn't know it. */
    @FunctionalInterface
    interface Fields {
        boolean take(String name) throws IOException;
    }

    private final JsonParser parser;

    private StoredJson(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads one value.
     *
     * @param what it is, for the message
     * @throws ArchiveException with remedy {@code STOP} if this isn't what a ledger writes. Without the cause, which may
     *     quote it
     */
    static <T> T read(String what, String json, Reader<T> reader) {
        try (JsonParser parser = Json.parser(json)) {
            parser.nextToken();
            T value = reader.read(new StoredJson(parser));
            require(parser.nextToken() == null, "nothing behind it");
            return value;
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw damaged(what);
        }
    }

    /** What is stored isn't what was stored. */
    static ArchiveException damaged(String what) {
        return ArchiveException.stop(
                "the ledger is damaged: " + what
                        + " isn't as a ledger writes it; see what LedgerVerifier finds, and restore"
                        + " the ledger from a backup",
                null);
    }

    /** Reads an object, each of its fields at most once. */
    void object(Fields fields) throws IOException {
        require(parser.currentToken() == JsonToken.START_OBJECT, "an object");
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            require(seen.add(name), "each field once");
            parser.nextToken();
            if (!fields.take(name)) {
                parser.skipChildren();
            }
        }
    }

    <T> List<T> list(Reader<T> element) throws IOException {
        require(parser.currentToken() == JsonToken.START_ARRAY, "a list");
        List<T> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(element.read(this));
        }
        return list;
    }

    String text() throws IOException {
        require(parser.currentToken() == JsonToken.VALUE_STRING, "a text");
        return parser.getText();
    }

    Instant time() throws IOException {
        return Instant.parse(text());
    }

    /** A flag is only written where it is true. */
    boolean yes() {
        require(parser.currentToken() == JsonToken.VALUE_TRUE, "true");
        return true;
    }

    long number() throws IOException {
        require(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, "an integer");
        return parser.getLongValue();
    }

    /** The value of a field that is always written. */
    static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("a field is missing");
        }
        return value;
    }

    private static void require(boolean asWritten, String what) {
        if (!asWritten) {
            throw new IllegalArgumentException("not " + what);
        }
    }
}
