// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import static io.github.celltrustarchive.ledger.StoredJson.required;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.time.Instant;
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

    /**
     * The envelope that was written.
     *
     * @throws ArchiveException with remedy {@code STOP} if this is none that was
     */
    static Envelope read(ItemKey key, String sourceId, String json) {
        return StoredJson.read("the envelope of item " + key, json, in -> new EnvelopeFields(in).read(key, sourceId));
    }

    private static Participant participant(StoredJson in) throws IOException {
        return new ParticipantFields(in).read();
    }

    private static AttachmentSummary attachment(StoredJson in) throws IOException {
        return new AttachmentFields(in).read();
    }

    private static final class EnvelopeFields {
        private final StoredJson in;
        private @Nullable String messageId;
        private @Nullable String subject;
        private @Nullable String kind;
        private @Nullable Direction direction;
        private @Nullable String conversationId;
        private @Nullable Instant sentAt;
        private @Nullable Instant receivedAt;
        private @Nullable List<Participant> participants;
        private @Nullable List<AttachmentSummary> attachments;

        EnvelopeFields(StoredJson in) {
            this.in = in;
        }

        Envelope read(ItemKey key, String sourceId) throws IOException {
            in.object(this::take);
            return new Envelope(
                    key,
                    sourceId,
                    messageId,
                    required(subject),
                    required(kind),
                    required(direction),
                    conversationId,
                    required(sentAt),
                    required(receivedAt),
                    required(participants),
                    required(attachments));
        }

        private boolean take(String name) throws IOException {
            switch (name) {
                case "messageId" -> messageId = in.text();
                case "subject" -> subject = in.text();
                case "kind" -> kind = in.text();
                case "direction" -> direction = Direction.valueOf(in.text());
                case "conversationId" -> conversationId = in.text();
                case "sentAt" -> sentAt = in.time();
                case "receivedAt" -> receivedAt = in.time();
                case "participants" -> participants = in.list(EnvelopeJson::participant);
                case "attachments" -> attachments = in.list(EnvelopeJson::attachment);
                default -> {
                    return false;
                }
            }
            return true;
        }
    }

    private static final class ParticipantFields {
        private final StoredJson in;
        private @Nullable ParticipantRole role;
        private @Nullable String displayName;
        private @Nullable String phone;
        private @Nullable String email;
        private boolean external;

        ParticipantFields(StoredJson in) {
            this.in = in;
        }

        Participant read() throws IOException {
            in.object(this::take);
            return new Participant(required(role), displayName, phone, email, external);
        }

        private boolean take(String name) throws IOException {
            switch (name) {
                case "role" -> role = ParticipantRole.valueOf(in.text());
                case "displayName" -> displayName = in.text();
                case "phone" -> phone = in.text();
                case "email" -> email = in.text();
                case "external" -> external = in.yes();
                default -> {
                    return false;
                }
            }
            return true;
        }
    }

    private static final class AttachmentFields {
        private final StoredJson in;
        private @Nullable String fileName;
        private @Nullable String mediaType;
        private @Nullable Long size;
        private @Nullable String sha256;
        private boolean leftOut;

        AttachmentFields(StoredJson in) {
            this.in = in;
        }

        AttachmentSummary read() throws IOException {
            in.object(this::take);
            return new AttachmentSummary(
                    required(fileName), required(mediaType), required(size), required(sha256), leftOut);
        }

        private boolean take(String name) throws IOException {
            switch (name) {
                case "fileName" -> fileName = in.text();
                case "mediaType" -> mediaType = in.text();
                case "size" -> size = in.number();
                case "sha256" -> sha256 = in.text();
                case "leftOut" -> leftOut = in.yes();
                default -> {
                    return false;
                }
            }
            return true;
        }
    }
}
