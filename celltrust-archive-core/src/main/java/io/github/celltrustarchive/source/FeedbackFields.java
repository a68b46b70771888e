// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of a push, and the one place that says what becomes of them. Not thread-safe. */
final class FeedbackFields {

    private static final int MAX_FIELDS = 200;
    private static final int MAX_NAME = 200;
    private static final Pattern ACCEPTED_TIME =
            Pattern.compile("([0-9]{2})([A-Z][a-z]{2}),([0-9]{2}) ([0-9]{2}:[0-9]{2}:[0-9]{2})");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private final Map<String, String> fields = new LinkedHashMap<>();
    private final List<Attachment> files = new ArrayList<>();

    void add(String name, String value) {
        if (name.length() > MAX_NAME) {
            throw new RecordException("the name of a field has more than " + MAX_NAME + " characters");
        }
        if (fields.putIfAbsent(name, value) != null) {
            throw new RecordException("a field occurs twice");
        }
        requireFew();
    }

    void addFile(Attachment file) {
        files.add(file);
        requireFew();
    }

    private void requireFew() {
        if (fields.size() + files.size() > MAX_FIELDS) {
            throw new RecordException("the record has more than " + MAX_FIELDS + " fields");
        }
    }

    SourceItem toItem(RawRecord record, RecordTime times) {
        RecordTime.Parsed accepted = acceptedTime(required("AcceptedTime"), times);
        SourceItem.Builder item = SourceItem.builder(record.locator(), required("DeliveryType"), accepted.instant())
                .direction(Direction.INBOUND)
                .receivedAt(accepted.instant())
                .sender(Participant.ofPhone(ParticipantRole.FROM, required("OriginatorAddress")))
                .text(text());
        String nickname = fields.getOrDefault("CustomerNickname", "");
        if (!nickname.isBlank()) {
            item.recipient(new Participant(ParticipantRole.TO, nickname, null, null, false));
        }
        files.forEach(item::attachment);
        for (Map.Entry<String, Content> part : record.parts().entrySet()) {
            item.attachment(new Attachment(part.getKey(), "application/octet-stream", part.getValue()));
        }
        addProperties(item, accepted);
        return item.build();
    }

    /** Everything that has no place of its own, under the feed's own name. */
    private void addProperties(SourceItem.Builder item, RecordTime.Parsed accepted) {
        fields.forEach((name, value) -> {
            boolean shown = name.equals("Message") || name.equals("OriginatorAddress") || name.equals("DeliveryType");
            if (!shown && !value.isEmpty() && !name.isEmpty()) {
                item.property(name, value);
            }
        });
        String note = "no id in the feed: the push itself is the message";
        if (accepted.leapSecond()) {
            note += "; AcceptedTime was a leap second (:60), shown as :59";
        }
        String theirs = fields.getOrDefault("note", "");
        item.property("note", theirs.isEmpty() ? note : theirs + "; " + note);
    }

    private String text() {
        String text = fields.get("Message");
        if (text == null) {
            text = fields.get("Data");
        }
        if (text == null) {
            throw new RecordException("Message and Data are missing");
        }
        return text;
    }

    private String required(String name) {
        String value = fields.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new RecordException(name + " is missing or blank");
        }
        return value;
    }

    /** {@code 20Jun,05 12:36:37}. */
    private static RecordTime.Parsed acceptedTime(String text, RecordTime times) {
        Matcher m = ACCEPTED_TIME.matcher(text);
        if (!m.matches() || !MONTHS.contains(m.group(2))) {
            throw new RecordException("AcceptedTime must be ddMMM,yy HH:mm:ss with an English month");
        }
        int month = MONTHS.indexOf(m.group(2)) + 1;
        try {
            return times.parse(
                    String.format(Locale.ROOT, "20%s-%02d-%sT%s", m.group(3), month, m.group(1), m.group(4)));
        } catch (DateTimeException e) {
            throw new RecordException("AcceptedTime " + e.getMessage());
        }
    }
}
