// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One pass over one record. Field by field, no tree. Messages name the field, never its value. */
final class JsonRecordReader {

    private static final String NOTE = "note";

    private final JsonParser json;
    private final RawRecord record;
    private final RecordTime times;
    private final int maxNumberLength;
    private final int maxAttachments;

    private @Nullable String id;
    private @Nullable String kind;
    private Direction direction = Direction.UNKNOWN;
    private @Nullable Instant sent;
    private @Nullable Instant received;
    private @Nullable Instant delivered;
    private @Nullable Instant read;
    private @Nullable String conversation;
    private @Nullable String about;
    private @Nullable Participant from;
    private List<Participant> to = List.of();
    private List<Participant> cc = List.of();
    private List<Participant> bcc = List.of();
    private @Nullable String text;
    private final List<Attachment> attachments = new ArrayList<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private int unknownFields;

    JsonRecordReader(JsonParser json, RawRecord record, RecordTime times, int maxNumberLength, int maxAttachments) {
        this.json = json;
        this.record = record;
        this.times = times;
        this.maxNumberLength = maxNumberLength;
        this.maxAttachments = maxAttachments;
    }

    SourceItem read() throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new RecordException("the record isn't a JSON object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            field(field);
        }
        if (json.nextToken() != null) {
            throw new RecordException("something follows the JSON object");
        }
        return item();
    }

    int unknownFields() {
        return unknownFields;
    }

    private void field(String field) throws IOException {
        switch (field) {
            case "id" -> id = idText(field);
            case "kind" -> kind = text(field);
            case "direction" -> direction = direction(field);
            case "sent" -> sent = time(field);
            case "received" -> received = time(field);
            case "delivered" -> delivered = time(field);
            case "read" -> read = time(field);
            case "conversation" -> conversation = idText(field);
            case "about" -> about = idText(field);
            case "from" -> from = isNull() ? null : participant(field, ParticipantRole.FROM);
            case "to" -> to = participants(field, ParticipantRole.TO);
            case "cc" -> cc = participants(field, ParticipantRole.CC);
            case "bcc" -> bcc = participants(field, ParticipantRole.BCC);
            case "text" -> text = text(field);
            case "attachments" -> attachments();
            case "properties" -> properties();
            default -> skipUnknown();
        }
    }

    private SourceItem item() {
        if (id == null) {
            id = record.locator();
            note("no id in the record: its place in the export stands for it");
        }
        require(!id.isEmpty(), "id", "must not be empty");
        require(kind != null && !kind.isEmpty(), "kind", "is required");
        require(sent != null, "sent", "is required");
        require(from != null, "from", "is required");
        SourceItem.Builder item = SourceItem.builder(id, required(kind), required(sent))
                .direction(direction)
                .receivedAt(received)
                .deliveredAt(delivered)
                .readAt(read)
                .conversationId(conversation)
                .relatedId(about)
                .sender(required(from))
                .text(text == null ? "" : text);
        to.forEach(item::recipient);
        cc.forEach(item::recipient);
        bcc.forEach(item::recipient);
        attachments.forEach(item::attachment);
        if (!notes.isEmpty()) {
            properties.merge(NOTE, String.join("; ", notes), (theirs, ours) -> theirs + "; " + ours);
        }
        properties.forEach(item::property);
        return item.build();
    }

    private Direction direction(String field) throws IOException {
        String word = text(field);
        return word == null
                ? Direction.UNKNOWN
                : switch (word.toLowerCase(Locale.ROOT)) {
                    case "inbound" -> Direction.INBOUND;
                    case "outbound" -> Direction.OUTBOUND;
                    case "unknown" -> Direction.UNKNOWN;
                    default -> throw problem(field, "must be inbound, outbound or unknown");
                };
    }

    private @Nullable Instant time(String field) throws IOException {
        String value = text(field);
        if (value == null) {
            return null;
        }
        try {
            RecordTime.Parsed parsed = times.parse(value);
            if (parsed.leapSecond()) {
                note(field + " was a leap second (:60), shown as :59");
            }
            return parsed.instant();
        } catch (DateTimeException e) {
            throw problem(field, String.valueOf(e.getMessage()));
        }
    }

    private List<Participant> participants(String field, ParticipantRole role) throws IOException {
        List<Participant> list = new ArrayList<>();
        if (!isNull()) {
            require(json.currentToken() == JsonToken.START_ARRAY, field, "must be a list");
            while (json.nextToken() != JsonToken.END_ARRAY) {
                list.add(participant(field + "[" + list.size() + "]", role));
            }
        }
        return list;
    }

    private Participant participant(String where, ParticipantRole role) throws IOException {
        requireObject(where);
        String name = null;
        String phone = null;
        String email = null;
        boolean external = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "name" -> name = text(where + ".name");
                case "phone" -> phone = idText(where + ".phone");
                case "email" -> email = text(where + ".email");
                case "external" -> external = flag(where + ".external");
                default -> skipUnknown();
            }
        }
        require(name != null || phone != null || email != null, where, "has neither name, phone nor email");
        return new Participant(role, name, phone, email, external);
    }

    private void attachments() throws IOException {
        if (isNull()) {
            return;
        }
        require(json.currentToken() == JsonToken.START_ARRAY, "attachments", "must be a list");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(attachments.size() < maxAttachments, "attachments", "are more than " + maxAttachments);
            attachments.add(attachment("attachments[" + attachments.size() + "]"));
        }
    }

    private Attachment attachment(String where) throws IOException {
        requireObject(where);
        AttachmentDraft attachment = new AttachmentDraft(where, record);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            String path = where + "." + field;
            switch (field) {
                case "name" -> attachment.name = text(path);
                case "type" -> attachment.type = text(path);
                case "file" -> attachment.file = text(path);
                case "sha256" -> attachment.sha256 = text(path);
                case "size" -> attachment.size = size(path);
                case "data" -> {
                    if (!isNull()) {
                        require(json.currentToken() == JsonToken.VALUE_STRING, path, "must be a text");
                        attachment.inline(json.currentTokenLocation().getByteOffset());
                    }
                }
                default -> skipUnknown();
            }
        }
        return attachment.build();
    }

    private void properties() throws IOException {
        if (isNull()) {
            return;
        }
        requireObject("properties");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            require(json.currentToken() == JsonToken.VALUE_STRING, "properties", "must be texts, each of them");
            properties.put(name, json.getText());
        }
    }

    private @Nullable String text(String field) throws IOException {
        if (isNull()) {
            return null;
        }
        require(json.currentToken() == JsonToken.VALUE_STRING, field, "must be a text");
        return json.getText();
    }

    /** A text, or a number exactly as it is written: {@code 1.0}, {@code 1E3} and 2^53+1 stay what they are. */
    private @Nullable String idText(String field) throws IOException {
        if (!json.currentToken().isNumeric()) {
            return text(field);
        }
        require(
                json.getTextLength() <= maxNumberLength,
                field,
                "is a number with more than " + maxNumberLength + " characters");
        return json.getText();
    }

    private boolean flag(String field) {
        boolean known = json.currentToken().isBoolean() || isNull();
        require(known, field, "must be true or false");
        return json.currentToken() == JsonToken.VALUE_TRUE;
    }

    private long size(String field) throws IOException {
        if (isNull()) {
            return AttachmentDraft.NOT_DECLARED;
        }
        boolean whole = json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getTextLength() <= 18;
        require(whole && json.getLongValue() >= 0, field, "must be a number of bytes");
        return json.getLongValue();
    }

    private boolean isNull() {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    private void skipUnknown() throws IOException {
        unknownFields++;
        json.skipChildren();
    }

    private void note(String note) {
        notes.add(note);
    }

    private void requireObject(String where) {
        require(json.currentToken() == JsonToken.START_OBJECT, where, "must be an object");
    }

    private static void require(boolean holds, String field, String what) {
        if (!holds) {
            throw problem(field, what);
        }
    }

    private static <T> T required(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    private static RecordException problem(String field, String what) {
        return new RecordException(field + " " + what);
    }
}
