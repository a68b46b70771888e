// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.ParticipantRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which column of a CSV export means what. */
final class CsvMapping {

    static final String ID = "id";
    static final String KIND = "kind";
    static final String DIRECTION = "direction";
    static final String SENT = "sent";
    static final String RECEIVED = "received";
    static final String DELIVERED = "delivered";
    static final String READ = "read";
    static final String CONVERSATION = "conversation";
    static final String ABOUT = "about";
    static final String TEXT = "text";

    private final Map<String, CsvValue> fields;
    private final CsvParticipant from;
    private final List<Recipient> recipients;
    private final Map<String, CsvValue> properties;
    private final Map<CsvValue, String> attachments;
    private final Map<String, Direction> directionWords;
    private final TimeFormat.Reader times;
    private final Set<String> columns = new LinkedHashSet<>();

    /** The columns of a recipient. */
    record Recipient(ParticipantRole role, CsvParticipant columns) {
        Recipient {
            Objects.requireNonNull(columns, "columns");
        }
    }

    CsvMapping(CsvRecordParser.Builder builder) {
        fields = Map.copyOf(builder.fields);
        from = Objects.requireNonNull(builder.from);
        recipients = List.copyOf(builder.recipients);
        properties = new LinkedHashMap<>(builder.properties);
        attachments = new LinkedHashMap<>(builder.attachments);
        directionWords = Map.copyOf(builder.directionWords);
        times = builder.timeFormat.in(builder.zone);
        Stream.of(
                        fields.values().stream(),
                        from.values(),
                        recipients.stream()
                                .flatMap(recipient -> recipient.columns().values()),
                        properties.values().stream(),
                        attachments.keySet().stream())
                .flatMap(values -> values)
                .map(CsvValue::column)
                .filter(Objects::nonNull)
                .forEach(columns::add);
        columns.addAll(builder.ignored);
    }

    /** All columns that an export must have. */
    Set<String> columns() {
        return columns;
    }

    @Nullable
    CsvValue field(String name) {
        return fields.get(name);
    }

    CsvParticipant from() {
        return from;
    }

    List<Recipient> recipients() {
        return recipients;
    }

    Map<String, CsvValue> properties() {
        return properties;
    }

    Map<CsvValue, String> attachments() {
        return attachments;
    }

    @Nullable
    Direction direction(String lowerCaseWord) {
        return directionWords.get(lowerCaseWord);
    }

    TimeFormat.Reader times() {
        return times;
    }

    /** The names of files in a row, in the order of the columns. */
    List<String> attachmentFiles(CsvHeader header, List<String> row) {
        List<String> names = new ArrayList<>();
        attachments.forEach((files, separator) -> names.addAll(entries(cell(header, row, files), separator)));
        names.removeIf(String::isEmpty);
        return names;
    }

    static String cell(CsvHeader header, List<String> row, CsvValue value) {
        String column = value.column();
        return column == null ? value.constant() : header.cell(row, column);
    }

    /** The entries of a list, or the cell itself if it isn't one. */
    static List<String> entries(String cell, String separator) {
        if (separator.isEmpty()) {
            return List.of(cell);
        }
        return Pattern.compile(separator, Pattern.LITERAL)
                .splitAsStream(cell)
                .map(String::strip)
                .toList();
    }
}
