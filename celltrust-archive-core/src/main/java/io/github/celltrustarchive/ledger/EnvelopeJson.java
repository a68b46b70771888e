// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An envelope as the JSON in column {@code item.envelope}; key and source id have columns of their own. */
final class EnvelopeJson {

    private EnvelopeJson() {}

    static String write(Envelope envelope) {
        return Json.object(out -> {
            Json.optional(out, "messageId", envelope.messageId());
            out.writeStringField("subject", envelope.subject());
            out.writeStringField("kind", envelope.kind());
            out.writeStringField("direction", envelope.direction().name());
            Json.optional(out, "conversationId", envelope.conversationId());
            out.writeStringField("sentAt", envelope.sentAt().toString());
            out.writeStringField("receivedAt", envelope.receivedAt().toString());
            out.writeArrayFieldStart("participants");
            for (Participant participant : envelope.participants()) {
                write(out, participant);
            }
            out.writeEndArray();
            out.writeArrayFieldStart("attachments");
            for (AttachmentSummary attachment : envelope.attachments()) {
                write(out, attachment);
            }
            out.writeEndArray();
        });
    }

    private static void write(JsonGenerator out, Participant participant) throws IOException {
        out.writeStartObject();
        out.writeStringField("role", participant.role().name());
        Json.optional(out, "displayName", participant.displayName());
        Json.optional(out, "phone", participant.phone());
        Json.optional(out, "email", participant.email());
        if (participant.external()) {
            out.writeBooleanField("external", true);
        }
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, AttachmentSummary attachment) throws IOException {
        out.writeStartObject();
        out.writeStringField("fileName", attachment.fileName());
        out.writeStringField("mediaType", attachment.mediaType());
        out.writeNumberField("size", attachment.size());
        out.writeStringField("sha256", attachment.sha256());
        if (attachment.leftOut()) {
            out.writeBooleanField("leftOut", true);
        }
        out.writeEndObject();
    }

    /** The envelope that was written. */
    static Envelope read(ItemKey key, String sourceId, String json) {
        try (JsonParser in = Json.parser(json)) {
            return new Reader(in).envelope(key, sourceId);
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger's envelope of item " + key + " is not JSON", e);
        }
    }

    /** Reads one envelope; a field that it doesn't know is passed over. */
    private static final class Reader {
        private final JsonParser in;

        Reader(JsonParser in) {
            this.in = in;
        }

        Envelope envelope(ItemKey key, String sourceId) throws IOException {
            String messageId = null;
            String subject = "";
            String kind = "";
            Direction direction = Direction.UNKNOWN;
            String conversationId = null;
            Instant sentAt = Instant.EPOCH;
            Instant receivedAt = Instant.EPOCH;
            List<Participant> participants = List.of();
            List<AttachmentSummary> attachments = List.of();
            in.nextToken();
            for (String field = nextField(); field != null; field = nextField()) {
                switch (field) {
                    case "messageId" -> messageId = in.getText();
                    case "subject" -> subject = in.getText();
                    case "kind" -> kind = in.getText();
                    case "direction" -> direction = Direction.valueOf(in.getText());
                    case "conversationId" -> conversationId = in.getText();
                    case "sentAt" -> sentAt = Instant.parse(in.getText());
                    case "receivedAt" -> receivedAt = Instant.parse(in.getText());
                    case "participants" -> participants = participants();
                    case "attachments" -> attachments = attachments();
                    default -> in.skipChildren();
                }
            }
            return new Envelope(
                    key,
                    sourceId,
                    messageId,
                    subject,
                    kind,
                    direction,
                    conversationId,
                    sentAt,
                    receivedAt,
                    participants,
                    attachments);
        }

        private List<Participant> participants() throws IOException {
            List<Participant> participants = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                ParticipantRole role = ParticipantRole.TO;
                String displayName = null;
                String phone = null;
                String email = null;
                boolean external = false;
                for (String field = nextField(); field != null; field = nextField()) {
                    switch (field) {
                        case "role" -> role = ParticipantRole.valueOf(in.getText());
                        case "displayName" -> displayName = in.getText();
                        case "phone" -> phone = in.getText();
                        case "email" -> email = in.getText();
                        case "external" -> external = in.getBooleanValue();
                        default -> in.skipChildren();
                    }
                }
                participants.add(new Participant(role, displayName, phone, email, external));
            }
            return participants;
        }

        private List<AttachmentSummary> attachments() throws IOException {
            List<AttachmentSummary> attachments = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                String fileName = "";
                String mediaType = "";
                long size = 0;
                String sha256 = "";
                boolean leftOut = false;
                for (String field = nextField(); field != null; field = nextField()) {
                    switch (field) {
                        case "fileName" -> fileName = in.getText();
                        case "mediaType" -> mediaType = in.getText();
                        case "size" -> size = in.getLongValue();
                        case "sha256" -> sha256 = in.getText();
                        case "leftOut" -> leftOut = in.getBooleanValue();
                        default -> in.skipChildren();
                    }
                }
                attachments.add(new AttachmentSummary(fileName, mediaType, size, sha256, leftOut));
            }
            return attachments;
        }

        /** The name of the next field with the parser on its value; null at the end of the object. */
        private @Nullable String nextField() throws IOException {
            if (in.nextToken() != JsonToken.FIELD_NAME) {
                return null;
            }
            String name = in.currentName();
            in.nextToken();
            return name;
        }
    }
}
