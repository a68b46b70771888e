// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.celltrustarchive.merge1.Merge1Connector;
import io.github.celltrustarchive.merge1.Merge1Item;
import io.github.celltrustarchive.merge1.Merge1Page;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON of {@code docs/merge1-site.yaml}, read strictly: one document, no key twice, UTF-8, bounded nesting and numbers.
 * Members that the protocol doesn't know are passed over. Nothing of a bad answer is quoted.
 */
public final class SiteJson {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER = 40;
    private static final int MAX_ID = 256;
    private static final int MAX_CURSOR = 1_024;
    private static final int MAX_NAME = 1_024;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private SiteJson() {}

    static JsonNode parse(byte[] body) throws IOException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return JSON.readTree(text);
        } catch (CharacterCodingException | JsonProcessingException e) { // would quote what it couldn't read
            throw new IOException("the site's answer isn't the JSON that it says it is");
        }
    }

    /** The connectors of a search. */
    public static List<Merge1Connector> connectors(JsonNode json) throws IOException {
        List<Merge1Connector> connectors = new ArrayList<>();
        for (JsonNode connector : array(json, "connectors")) {
            String id = text(connector, "id", MAX_ID);
            if (id.isBlank()) {
                throw bad("id");
            }
            connectors.add(new Merge1Connector(id, text(connector, "name", MAX_ID)));
        }
        return connectors;
    }

    /** A page of at most {@code limit} items. */
    public static Merge1Page page(JsonNode json, SiteAddresses addresses, int limit) throws IOException {
        JsonNode array = array(json, "items");
        if (array.size() > limit) {
            throw new IOException("the site's page has more items than were asked for");
        }
        List<Merge1Item> items = new ArrayList<>();
        for (JsonNode item : array) {
            items.add(item(item, addresses));
        }
        JsonNode more = json.path("more");
        if (!more.isBoolean()) {
            throw bad("more");
        }
        return new Merge1Page(items, text(json, "nextCursor", MAX_CURSOR), more.booleanValue());
    }

    /** An item. */
    public static Merge1Item item(JsonNode json, SiteAddresses addresses) throws IOException {
        JsonNode size = json.path("size");
        if (!size.isIntegralNumber() || !size.canConvertToLong()) {
            throw bad("size");
        }
        String name = json.has("name") ? text(json, "name", MAX_NAME) : null;
        try {
            return new Merge1Item(
                    text(json, "id", MAX_ID),
                    size.longValue(),
                    text(json, "sha256", MAX_ID),
                    storedAt(json),
                    name,
                    addresses.resolve(text(json, "contentUrl", 4 * MAX_CURSOR)));
        } catch (IllegalArgumentException e) {
            throw new IOException("an item of the site's answer is none: " + e.getMessage(), e);
        }
    }

    /** The body of an acknowledgement. */
    public static byte[] acknowledgement(String cursor) {
        return JSON.createObjectNode().put("cursor", cursor).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The code of an error body; empty if it has none, or none that may be shown. */
    static String errorCode(SiteAnswer answer) {
        try {
            String code = answer.json().path("code").asText("");
            return code.matches("[a-z_]{1,40}") ? code : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static Instant storedAt(JsonNode json) throws IOException {
        try {
            return OffsetDateTime.parse(text(json, "storedAt", MAX_ID)).toInstant();
        } catch (DateTimeException e) { // would quote it
            throw bad("storedAt");
        }
    }

    private static JsonNode array(JsonNode json, String name) throws IOException {
        JsonNode array = json.path(name);
        if (!array.isArray()) {
            throw bad(name);
        }
        return array;
    }

    static String text(JsonNode json, String name, int most) throws IOException {
        JsonNode value = json.path(name);
        if (!value.isTextual()
                || value.textValue().isEmpty()
                || value.textValue().length() > most) {
            throw bad(name);
        }
        return value.textValue();
    }

    private static IOException bad(String name) {
        return new IOException("the site's answer lacks a sound \"" + name + "\"");
    }
}
