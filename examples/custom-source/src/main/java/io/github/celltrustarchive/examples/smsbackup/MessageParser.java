// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples.smsbackup;

import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordException;
import io.github.celltrustarchive.spi.RecordParser;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * One {@code sms} or {@code mms} element as an item. Its id is the record's locator.
 *
 * <p>{@code contact_name} is left out: it is what the phone's address book said on the day of the backup, and a contact that
 * is renamed would make a new revision of every message. It stays in the raw record, as do {@code date_sent}, which phones
 * don't agree about, and what says how the phone shows the message.
 */
final class MessageParser implements RecordParser {

    private static final Map<String, String> UNSENT = Map.of("3", "draft", "4", "outbox", "5", "failed", "6", "queued");

    private final String owner;
    private final boolean joinSurrogatePairs;

    MessageParser(String owner, boolean joinSurrogatePairs) {
        this.owner = owner;
        this.joinSurrogatePairs = joinSurrogatePairs;
    }

    @Override
    public SourceItem parse(RawRecord record) throws IOException {
        byte[] xml;
        try (InputStream in = record.bytes().open()) {
            xml = in.readAllBytes();
        }
        XmlElement message = element(joinSurrogatePairs ? SurrogatePairs.join(xml) : xml);
        return switch (message.name()) {
            case "sms" -> sms(record.locator(), message);
            case "mms" -> mms(record.locator(), message);
            default -> throw new RecordException("neither sms nor mms");
        };
    }

    private static XmlElement element(byte[] xml) {
        try {
            return XmlElement.parse(xml);
        } catch (XMLStreamException e) {
            throw new RecordException(
                    "not well-formed XML, or a document type, an entity, too deep"); // its message quotes
        }
    }

    private SourceItem sms(String id, XmlElement sms) {
        SourceItem.Builder item = begin(id, "SMS", sms, "type");
        Participant other = participant(ParticipantRole.TO, sms.get("address"));
        Participant self = participant(ParticipantRole.TO, owner);
        if (isReceived(sms, "type")) {
            item.sender(other).recipient(self);
        } else {
            item.sender(self);
            if (other.phone() != null) {
                item.recipient(other);
            }
        }
        String body = sms.raw("body"); // people do write "null"
        if (body == null) {
            throw new RecordException("body is missing");
        }
        return item.text(body).build();
    }

    private SourceItem mms(String id, XmlElement mms) {
        SourceItem.Builder item = begin(id, "MMS", mms, "msg_box");
        MmsParticipants people = MmsParticipants.of(mms, owner, isReceived(mms, "msg_box"));
        item.sender(people.sender());
        people.recipients().forEach(item::recipient);
        MmsParts parts = MmsParts.of(mms);
        parts.attachments().forEach(item::attachment);
        String subject = mms.get("sub");
        if (subject != null) {
            item.property("subject", subject);
        }
        String messageId = mms.get("m_id");
        if (messageId != null) {
            item.property("mmsMessageId", messageId);
        }
        return item.text(parts.text()).build();
    }

    private static SourceItem.Builder begin(String id, String kind, XmlElement message, String box) {
        String number = message.get(box);
        SourceItem.Builder item = SourceItem.builder(id, kind, date(message));
        if ("1".equals(number)) {
            return item.direction(Direction.INBOUND);
        }
        if (number != null && UNSENT.containsKey(number)) {
            item.property("status", UNSENT.get(number));
        } else if (!"2".equals(number)) {
            throw new RecordException(box + " isn't a number from 1 to 6");
        }
        return item.direction(Direction.OUTBOUND);
    }

    private static boolean isReceived(XmlElement message, String box) {
        return "1".equals(message.get(box));
    }

    private static Instant date(XmlElement message) {
        String date = message.get("date");
        if (date == null || !date.matches("[0-9]{1,15}")) {
            throw new RecordException("date isn't a number of milliseconds since 1970");
        }
        return Instant.ofEpochMilli(Long.parseLong(date));
    }

    /** Without a number where the phone doesn't say whose message it is. */
    static Participant participant(ParticipantRole role, @Nullable String address) {
        if (address == null) {
            return new Participant(role, null, null, null, false);
        }
        return address.contains("@") ? Participant.ofEmail(role, address) : Participant.ofPhone(role, address);
    }
}
