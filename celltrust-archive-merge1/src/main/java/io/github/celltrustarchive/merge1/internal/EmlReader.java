// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordException;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes the item of one email. Thread-safe. */
public final class EmlReader {

    /** How many bytes of header fields that matter are read; others may be of any length. */
    static final int MAX_HEADER = 4 << 20;

    private static final int LONGEST_KIND = 100;

    private final ConnectorProfile profile;
    private final HeaderNames names;
    private final Set<String> wanted;
    private final String otherKind;
    private final boolean stableMessageIds;
    private final boolean receivedForMissingDate;
    private final SameMeanings same = new SameMeanings(SameMeanings.REMEMBERED);

    /**
     * @param otherKind the kind of an email that names none
     * @param stableMessageIds whether a Message-ID belongs to one message for ever
     * @param receivedForMissingDate whether the time of the oldest Received field stands in for a date
     */
    public EmlReader(
            ConnectorProfile profile,
            HeaderNames names,
            String otherKind,
            boolean stableMessageIds,
            boolean receivedForMissingDate) {
        this.profile = profile;
        this.names = names;
        this.wanted = names.wanted();
        this.otherKind = otherKind;
        this.stableMessageIds = stableMessageIds;
        this.receivedForMissingDate = receivedForMissingDate;
    }

    /**
     * Reads the email once.
     *
     * @throws RecordException if nobody can be found whom it could be attributed to, or no time
     */
    public SourceItem read(RawRecord record) throws IOException {
        Meaning meaning = new Meaning(record);
        Fields head;
        try (InputStream in = record.bytes().open()) {
            EmlLines lines = new EmlLines(in);
            head = head(lines);
            names.meaning().forEach(name -> meaning.field(name, head.all(name)));
            MimeWalk walk = new MimeWalk(lines, head, meaning);
            while (walk.step()) {
                // the meaning takes what it needs
            }
            if (lines.count() != record.bytes().size()) {
                throw new IOException("an email of " + record.bytes().size() + " bytes delivers " + lines.count());
            }
        }
        return item(head, meaning, record.locator());
    }

    /** How many emails, by now, were recognised by their meaning although their Message-IDs differ from the known ones. */
    public long sameByMeaning() {
        return same.count();
    }

    private Fields head(EmlLines lines) throws IOException {
        FieldCollector collector = new FieldCollector(wanted, MAX_HEADER);
        while (lines.next(true) && !collector.add(lines)) {
            // the next line of the header
        }
        if (collector.isOverflown()) {
            throw new RecordException("the header fields that say who took part and when are over " + MAX_HEADER
                    + " bytes: correct the source");
        }
        return collector.fields();
    }

    private SourceItem item(Fields head, Meaning meaning, String locator) {
        Set<String> notes = new TreeSet<>();
        Instant sent = sent(head, notes);
        ItemParticipants people = ItemParticipants.of(head, names.email(), profile.domain());
        String digest = meaning.hex();
        String sourceId = sourceId(head);
        if (sourceId.isEmpty()) {
            sourceId = "sha256:" + digest;
            String messageId = head.first("Message-ID");
            same.met(digest, messageId.isEmpty() ? locator : messageId, locator);
        }
        SourceItem.Builder item = SourceItem.builder(sourceId, kind(head), sent)
                .direction(direction(head.first(names.direction())))
                .receivedAt(time(head, names.received(), "received-time-unreadable", notes))
                .deliveredAt(time(head, names.delivered(), "delivered-time-unreadable", notes))
                .readAt(time(head, names.read(), "read-time-unreadable", notes))
                .conversationId(textOrNull(head, names.conversation()))
                .relatedId(textOrNull(head, names.related()))
                .sender(people.sender())
                .property("meaning-sha256", digest);
        people.recipients().forEach(item::recipient);
        for (Attachment attachment : meaning.attachments()) {
            item.attachment(attachment);
        }
        if (!notes.isEmpty()) {
            item.property("note", String.join(" ", notes));
        }
        return item.build();
    }

    /** What the source calls it; empty if nothing does. */
    private String sourceId(Fields head) {
        String own = head.text(names.sourceId());
        return own.isEmpty() && stableMessageIds ? Fields.unicode(head.first("Message-ID")) : own;
    }

    private Instant sent(Fields head, Set<String> notes) {
        EmlDate date = EmlDate.parse(head.first("Date"), profile.zone());
        if (date != null) {
            if (date.leapSecond()) {
                notes.add("leap-second");
            }
            return date.instant();
        }
        boolean missing = head.first("Date").isEmpty();
        notes.add(missing ? "date-missing" : "date-unreadable");
        Instant precise = instant(head.first(names.sent()));
        if (precise != null) {
            return precise;
        }
        EmlDate received = receivedForMissingDate ? oldestReceived(head) : null;
        if (received == null) {
            throw new RecordException(
                    missing
                            ? "there is no Date: nothing says when it was sent"
                            : "Date is no date of RFC 5322 in the years 1900 to 9999 with a zone");
        }
        notes.add("date-is-received-time");
        return received.instant();
    }

    /** Each server puts its Received field in front: the last one is the nearest to the sender. */
    private static @Nullable EmlDate oldestReceived(Fields head) {
        var all = head.all("Received");
        for (int i = all.size() - 1; i >= 0; i--) {
            String text = all.get(i);
            EmlDate date =
                    EmlDate.parse(text.substring(text.lastIndexOf(';') + 1).strip(), null);
            if (date != null) {
                return date;
            }
        }
        return null;
    }

    private String kind(Fields head) {
        for (String name : names.kinds()) {
            String kind = head.text(name);
            if (!kind.isEmpty() && kind.length() <= LONGEST_KIND && kind.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
                return kind;
            }
        }
        return otherKind;
    }

    private static Direction direction(String word) {
        if (word.equalsIgnoreCase("inbound")) {
            return Direction.INBOUND;
        }
        return word.equalsIgnoreCase("outbound") ? Direction.OUTBOUND : Direction.UNKNOWN;
    }

    private static @Nullable String textOrNull(Fields head, String name) {
        String text = head.text(name);
        return text.isEmpty() ? null : text;
    }

    private @Nullable Instant time(Fields head, String name, String note, Set<String> notes) {
        String text = head.first(name);
        Instant instant = instant(text);
        if (instant == null && !text.isEmpty()) {
            notes.add(note);
        }
        return instant;
    }

    /** ISO 8601 in UTC as this library writes it, or a date of RFC 5322. */
    private @Nullable Instant instant(String text) {
        try {
            Instant instant = Instant.parse(text);
            return instant.isBefore(FIRST) || !instant.isBefore(END) ? null : instant;
        } catch (DateTimeException e) {
            EmlDate date = EmlDate.parse(text, profile.zone());
            return date == null ? null : date.instant();
        }
    }

    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");
}
