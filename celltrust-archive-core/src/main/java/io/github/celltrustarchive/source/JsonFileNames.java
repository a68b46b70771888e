// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.celltrustarchive.model.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Finds the names of files that a record's attachments mention. It reads tolerantly: what is wrong with the record is for
 * the parser to say.
 */
final class JsonFileNames {

    private final JsonFactory json = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    Set<String> of(Content record) throws IOException {
        Set<String> found = new LinkedHashSet<>();
        try (InputStream in = new Utf8Check(record.open());
                JsonParser parser = json.createParser(in)) {
            collect(parser, found);
        } catch (JsonProcessingException | Utf8Check.NotUtf8Exception e) {
            return found;
        }
        return found;
    }

    private void collect(JsonParser parser, Set<String> found) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean attachments = parser.currentName().equals("attachments");
            if (parser.nextToken() == JsonToken.START_ARRAY && attachments) {
                collectAttachments(parser, found);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void collectAttachments(JsonParser parser, Set<String> found) throws IOException {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token == JsonToken.END_ARRAY) {
                return;
            }
            if (token == JsonToken.START_OBJECT) {
                collectAttachment(parser, found);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void collectAttachment(JsonParser parser, Set<String> found) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean file = parser.currentName().equals("file");
            if (parser.nextToken() == JsonToken.VALUE_STRING && file) {
                found.add(parser.getText());
            } else {
                parser.skipChildren();
            }
        }
    }
}
