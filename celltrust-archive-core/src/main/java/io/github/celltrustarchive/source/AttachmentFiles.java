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
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that a record's attachments name. It reads tolerantly: what is wrong with the record is for the parser
 * to say. Only plain files directly in the folder are opened, never what a symbolic link points to.
 */
final class AttachmentFiles {

    private static final int MAX_FILES = 1_000;

    private final JsonFactory json = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
    private final Path folder;

    AttachmentFiles(Path folder) {
        this.folder = folder;
    }

    Map<String, Content> of(Content record) throws IOException {
        Map<String, Content> found = new LinkedHashMap<>();
        try (InputStream in = new Utf8Check(record.open());
                JsonParser parser = json.createParser(in)) {
            collect(parser, found);
        } catch (JsonProcessingException | Utf8Check.NotUtf8Exception e) {
            return found;
        }
        return found;
    }

    private void collect(JsonParser parser, Map<String, Content> found) throws IOException {
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

    private void collectAttachments(JsonParser parser, Map<String, Content> found) throws IOException {
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

    private void collectAttachment(JsonParser parser, Map<String, Content> found) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean file = parser.currentName().equals("file");
            if (parser.nextToken() == JsonToken.VALUE_STRING && file && found.size() < MAX_FILES) {
                String name = parser.getText();
                Content content = open(name);
                if (content != null) {
                    found.put(name, content);
                }
            } else {
                parser.skipChildren();
            }
        }
    }

    private @Nullable Content open(String name) throws IOException {
        if (!PlainFileName.is(name)) {
            return null;
        }
        try {
            Path file = folder.resolve(name);
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? FileSlice.ofPlainFile(file) : null;
        } catch (InvalidPathException e) { // a name that this system can't spell
            return null;
        }
    }
}
