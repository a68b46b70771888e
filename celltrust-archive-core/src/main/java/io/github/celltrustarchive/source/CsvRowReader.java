// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes an item of one row. Messages name the field, never its value. */
final class CsvRowReader {

    private static final int MAX_LIST = 1_000;
    private static final String NOTE = "note";

    private final CsvMapping mapping;
    private final CsvHeader header;
    private final List<String> row;
    private final RawRecord record;
    private final List<String> notes = new ArrayList<>();

    CsvRowReader(CsvMapping mapping, CsvHeader header, List<String> row, RawRecord record) {
        this.mapping = mapping;
        this.header = header;
        this.row = row;
        this.record = record;
    }

    SourceItem read() throws IOException {
        SourceItem.Builder item = SourceItem.builder(
                        id(),
                        required(CsvMapping.KIND, text(CsvMapping.KIND)),
                        required(CsvMapping.SENT, time(CsvMapping.SENT)))
                .direction(direction())
                .receivedAt(time(CsvMapping.RECEIVED))
                .deliveredAt(time(CsvMapping.DELIVERED))
                .readAt(time(CsvMapping.READ))
                .conversationId(text(CsvMapping.CONVERSATION))
                .relatedId(text(CsvMapping.ABOUT))
                .sender(sender())
                .text(Objects.requireNonNullElse(text(CsvMapping.TEXT), ""));
        for (CsvMapping.Recipient recipient : mapping.recipients()) {
            String where = recipient.role().name().toLowerCase(Locale.ROOT);
            participants(where, recipient.columns(), recipient.role()).forEach(item::recipient);
        }
        attachments(item);
        properties(item);
        return item.build();
    }

    private String id() {
        String id = text(CsvMapping.ID);
        if (id == null) {
            notes.add("no id in the record: its place in the export stands for it");
            return record.locator();
        }
        return id;
    }

    private Direction direction() {
        String word = text(CsvMapping.DIRECTION);
        if (word == null) {
            return Direction.UNKNOWN;
        }
        Direction direction = mapping.direction(word.toLowerCase(Locale.ROOT));
        if (direction == null) {
            throw problem(CsvMapping.DIRECTION, "is a word that isn't configured");
        }
        return direction;
    }

    private @Nullable Instant time(String field) {
        String text = text(field);
        if (text == null) {
            return null;
        }
        try {
            RecordTime.Parsed parsed = mapping.times().parse(text);
            if (parsed.leapSecond()) {
                notes.add(field + " was a leap second (:60), shown as :59");
            }
            return parsed.instant();
        } catch (DateTimeException e) {
            throw problem(field, String.valueOf(e.getMessage()));
        }
    }

    private Participant sender() {
        List<Participant> senders = participants("from", mapping.from(), ParticipantRole.FROM);
        if (senders.size() != 1) {
            throw problem("from", senders.isEmpty() ? "has neither name, phone nor email" : "is more than one");
        }
        return senders.get(0);
    }

    private List<Participant> participants(String where, CsvParticipant columns, ParticipantRole role) {
        List<String> names = entries(columns.name(), columns);
        List<String> phones = entries(columns.phone(), columns);
        List<String> emails = entries(columns.email(), columns);
        int count = Math.max(names.size(), Math.max(phones.size(), emails.size()));
        for (List<String> list : List.of(names, phones, emails)) {
            if (!list.isEmpty() && list.size() != count) {
                throw problem(where, "has lists of different lengths");
            }
        }
        if (count > MAX_LIST) {
            throw problem(where, "has more than " + MAX_LIST + " entries");
        }
        boolean external = flag(where, columns.external());
        List<Participant> participants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Participant one = new Participant(role, at(names, i), at(phones, i), at(emails, i), external);
            if (one.displayName() != null || one.phone() != null || one.email() != null) {
                participants.add(one);
            }
        }
        return participants;
    }

    private List<String> entries(@Nullable CsvValue value, CsvParticipant columns) {
        String cell = value == null ? "" : CsvMapping.cell(header, row, value);
        return cell.isEmpty() ? List.of() : CsvMapping.entries(cell, columns.separator());
    }

    private static @Nullable String at(List<String> entries, int i) {
        return entries.isEmpty() || entries.get(i).isEmpty() ? null : entries.get(i);
    }

    private boolean flag(String where, @Nullable CsvValue value) {
        String word = value == null ? "" : CsvMapping.cell(header, row, value).toLowerCase(Locale.ROOT);
        if (!word.isEmpty() && !word.equals("true") && !word.equals("false")) {
            throw problem(where, "has an external flag that is neither true nor false");
        }
        return word.equals("true");
    }

    private void attachments(SourceItem.Builder item) throws IOException {
        List<String> files = mapping.attachmentFiles(header, row);
        if (files.size() > MAX_LIST) {
            throw problem("attachments", "are more than " + MAX_LIST);
        }
        for (int i = 0; i < files.size(); i++) {
            AttachmentDraft draft = new AttachmentDraft("attachments[" + i + "]", record);
            draft.file = files.get(i);
            item.attachment(draft.build());
        }
    }

    private void properties(SourceItem.Builder item) {
        String theirs = null;
        for (Map.Entry<String, CsvValue> property : mapping.properties().entrySet()) {
            String cell = CsvMapping.cell(header, row, property.getValue());
            if (!cell.isEmpty()) {
                item.property(property.getKey(), cell);
                theirs = property.getKey().equals(NOTE) ? cell : theirs;
            }
        }
        if (!notes.isEmpty()) {
            String ours = String.join("; ", notes);
            item.property(NOTE, theirs == null ? ours : theirs + "; " + ours);
        }
    }

    private @Nullable String text(String field) {
        CsvValue value = mapping.field(field);
        String cell = value == null ? "" : CsvMapping.cell(header, row, value);
        return cell.isEmpty() ? null : cell;
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw problem(field, "is required");
        }
        return value;
    }

    private static RecordException problem(String field, String what) {
        return new RecordException(field + " " + what);
    }
}
