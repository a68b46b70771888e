// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes the JSON of one message. Used once. */
final class MessageJson {

    /** To, Cc and Bcc together (Microsoft Graph, resource type message). */
    static final int MAX_RECIPIENTS = 500;

    private static final int MAX_REPLY_TO = 50;
    private static final int MAX_SUBJECT = 255;
    private static final int MAX_REFERENCES = 8_000;
    private static final Instant FIRST = Instant.parse("1601-01-01T00:00:00Z"); // [MS-DTYP] section 2.3.3
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
    private static final Pattern MESSAGE_ID =
            Pattern.compile("<[\\x21-\\x7E&&[^<>@]]{1,500}@[\\x21-\\x7E&&[^<>@]]{1,480}>");

    private final MessageSettings settings;
    private final Delivery delivery;
    private final Envelope envelope;
    private final @Nullable EmlPart header;
    private final Set<MessageNote> notes;
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();
    private final ArrayNode properties = JsonNodeFactory.instance.arrayNode();
    private int recipients;

    /** With the email's header, or null if it can't be read: the envelope says enough then. */
    MessageJson(MessageSettings settings, Delivery delivery, @Nullable EmlPart header, Set<MessageNote> notes) {
        this.settings = settings;
        this.delivery = delivery;
        this.envelope = delivery.envelope();
        this.header = header;
        this.notes = notes;
    }

    /** Everything but attachments and archive state. */
    ObjectNode write(MessageBody body, TransportHeader transportHeader) {
        json.put("subject", limited(CleanText.line(envelope.subject()), MAX_SUBJECT));
        json.putObject("body").put("contentType", body.html() ? "html" : "text").put("content", body.content());
        writeAddresses();
        json.put("isRead", settings.read());
        if (settings.reducedFidelity()) {
            notes.add(MessageNote.REDUCED_FIDELITY);
        } else {
            writeMessageId();
            writeHeaders();
        }
        property(ArchiveProperties.FLAGS, settings.read() ? "1" : "0");
        property(ArchiveProperties.RECEIVED, time(envelope.receivedAt()));
        property(ArchiveProperties.SENT, time(envelope.sentAt()));
        property(ArchiveProperties.MESSAGE_CLASS, settings.messageClass(envelope.kind()));
        writeThread(ArchiveProperties.IN_REPLY_TO, "In-Reply-To");
        writeThread(ArchiveProperties.REFERENCES, "References");
        property(ArchiveProperties.KEY, ArchiveProperties.key(delivery));
        String block = transportHeader.with(notes, settings.profile().headerPrefix());
        if (!block.isEmpty()) {
            property(ArchiveProperties.HEADER, block);
        }
        json.set("singleValueExtendedProperties", properties);
        return json;
    }

    /** Ends the JSON once it is known whether attachments follow later. */
    void writeState(boolean partial) {
        property(ArchiveProperties.STATE, partial ? ArchiveProperties.PARTIAL : ArchiveProperties.COMPLETE);
    }

    private void property(String id, String value) {
        properties.addObject().put("id", id).put("value", value);
    }

    private String time(Instant time) {
        Instant second = time.truncatedTo(ChronoUnit.SECONDS);
        if (second.isBefore(FIRST) || second.isAfter(LAST)) {
            notes.add(MessageNote.TIME_OUT_OF_RANGE);
            return (second.isBefore(FIRST) ? FIRST : LAST).toString();
        }
        return second.toString();
    }

    private String limited(String text, int max) {
        if (text.length() > max) {
            notes.add(MessageNote.VALUE_SHORTENED);
        }
        return CleanText.shortened(text, max);
    }

    private void writeAddresses() {
        AddressReader reader = new AddressReader(settings.profile().domain(), notes);
        if (!settings.reducedFidelity()) {
            AddressReader.Named from = from(reader);
            json.set("from", address(from));
            List<AddressReader.Named> sender = addresses(reader, "Sender", null);
            json.set("sender", address(sender.isEmpty() ? from : sender.get(0)));
        }
        writeList("toRecipients", addresses(reader, "To", ParticipantRole.TO));
        writeList("ccRecipients", addresses(reader, "Cc", ParticipantRole.CC));
        writeList("bccRecipients", addresses(reader, "Bcc", ParticipantRole.BCC));
        if (!settings.reducedFidelity()) {
            writeReplyTo(addresses(reader, "Reply-To", null));
        }
    }

    /** The first author; the envelope's sender if the email names none. */
    private AddressReader.Named from(AddressReader reader) {
        List<AddressReader.Named> authors = addresses(reader, "From", ParticipantRole.FROM);
        if (authors.size() > 1) {
            notes.add(MessageNote.ADDRESSES_LEFT_OUT);
        }
        if (!authors.isEmpty()) {
            return authors.get(0);
        }
        List<AddressReader.Named> known = participants(reader, ParticipantRole.FROM);
        return known.isEmpty() ? reader.unknown() : known.get(0);
    }

    private List<AddressReader.Named> addresses(AddressReader reader, String field, @Nullable ParticipantRole role) {
        if (header != null) {
            return reader.read(header, field);
        }
        return role == null ? List.of() : participants(reader, role);
    }

    private List<AddressReader.Named> participants(AddressReader reader, ParticipantRole role) {
        List<AddressReader.Named> all = new ArrayList<>();
        for (Participant participant : envelope.participants()) {
            if (participant.role() == role) {
                all.add(reader.of(participant));
            }
        }
        return all;
    }

    private void writeList(String name, List<AddressReader.Named> all) {
        int count = Math.min(all.size(), MAX_RECIPIENTS - recipients);
        if (count < all.size()) {
            notes.add(MessageNote.ADDRESSES_LEFT_OUT);
        }
        recipients += count;
        ArrayNode list = json.putArray(name);
        all.subList(0, count).forEach(each -> list.add(address(each)));
    }

    /** Nobody replies to an archived message: what isn't an address is left out instead of getting a stand-in. */
    private void writeReplyTo(List<AddressReader.Named> all) {
        List<AddressReader.Named> real =
                all.stream().filter(each -> !each.standIn()).toList();
        if (real.size() > MAX_REPLY_TO) {
            notes.add(MessageNote.ADDRESSES_LEFT_OUT);
        }
        ArrayNode list = json.putArray("replyTo");
        real.stream().limit(MAX_REPLY_TO).forEach(each -> list.add(address(each)));
    }

    private static ObjectNode address(AddressReader.Named address) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.putObject("emailAddress").put("name", address.name()).put("address", address.address());
        return node;
    }

    private void writeMessageId() {
        String id = envelope.messageId();
        if (id == null && header != null) {
            id = header.field("Message-ID");
        }
        if (id != null && MESSAGE_ID.matcher(id.strip()).matches()) {
            json.put("internetMessageId", id.strip());
        }
    }

    /** From the envelope: an email that passes through could have forged ones. */
    private void writeHeaders() {
        ArrayNode headers = JsonNodeFactory.instance.arrayNode();
        ArchiveHeaders.of(delivery, settings.profile().headerPrefix(), notes)
                .forEach((name, value) -> headers.addObject().put("name", name).put("value", value));
        if (!headers.isEmpty()) {
            json.set("internetMessageHeaders", headers); // Graph refuses an empty array
        }
    }

    private void writeThread(String property, String field) {
        String value = header == null ? null : header.field(field);
        if (value != null) {
            String ids = CleanText.line(CleanText.unfolded(value))
                    .replaceAll(" +", " ")
                    .strip();
            if (!ids.isEmpty()) {
                property(property, limitedIds(ids));
            }
        }
    }

    /** Whole ids, the first ones: they name the conversation. */
    private String limitedIds(String ids) {
        if (ids.length() <= MAX_REFERENCES) {
            return ids;
        }
        notes.add(MessageNote.VALUE_SHORTENED);
        int end = ids.lastIndexOf(' ', MAX_REFERENCES);
        return ids.substring(0, end < 0 ? MAX_REFERENCES : end);
    }
}
