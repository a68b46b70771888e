// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ConvertedMessage;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Converts one item: decides everything now, and leaves to {@link EmlBody} what can be written later. Used once. */
final class Rendering {

    private final ConnectorProfile profile;
    private final SourceItem item;
    private final ItemKey key;
    private final ZoneId zone;
    private final Set<Note> notes = EnumSet.noneOf(Note.class);
    private final KnownProperties properties;
    private final List<AttachmentPart> parts = new ArrayList<>();
    private final List<AttachmentSummary> summaries = new ArrayList<>();
    private long size;

    Rendering(ConnectorProfile profile, ZoneId zone, SourceItem item, ItemKey key) {
        this.profile = profile;
        this.zone = zone;
        this.item = item;
        this.key = key;
        properties = KnownProperties.of(item.properties());
    }

    ConvertedMessage convert(RawRecord raw, boolean attachRaw) throws IOException {
        String date = Times.rfc5322(item.sentAt());
        TextShape shape = measureText();
        attachments();
        DigestedContent record = DigestedContent.of(raw.bytes());
        if (attachRaw) {
            part("source-record" + MediaTypes.extension(raw.mediaType()), raw.mediaType(), record);
        }
        String subject = Subjects.of(item, notes);
        String messageId = MessageIds.messageId(key, profile.domain());
        Details details = new Details(item, key, properties, zone);
        EmlBody body = new EmlBody(key, subject, item.text(), shape, details, parts);
        byte[] header = header(subject, date, messageId, record.sha256(), body);
        Envelope envelope = Envelope.of(key, item, messageId, subject, summaries);
        return new ConvertedMessage(envelope, out -> {
            EmlWriter eml = new EmlWriter(out);
            eml.write(header, header.length);
            body.write(eml);
            eml.flush();
        });
    }

    private TextShape measureText() {
        TextShape shape = TextShape.of(item.text());
        size = shape.utf8Bytes();
        if (size > profile.sizePolicy().maxMessageBytes()) {
            throw ArchiveException.hold(
                    "item size exceeded: the text has " + size + " bytes, over the size policy's "
                            + profile.sizePolicy().maxMessageBytes() + ": raise the limit and release the item",
                    null);
        }
        if (shape.unpairedSurrogates()) {
            notes.add(Note.UNPAIRED_SURROGATES);
        }
        if (item.text().isEmpty()) {
            notes.add(Note.NO_TEXT);
        }
        return shape;
    }

    private void attachments() throws IOException {
        for (Attachment attachment : item.attachments()) {
            DigestedContent content = DigestedContent.of(attachment.content());
            boolean leftOut = part(attachment.fileName(), attachment.mediaType(), content);
            summaries.add(new AttachmentSummary(
                    attachment.fileName(), attachment.mediaType(), content.size(), content.sha256(), leftOut));
        }
    }

    /** Adds a part; true if only a note of it. */
    private boolean part(String fileName, String mediaType, DigestedContent content) {
        String name = FileNames.display(fileName, parts.size() + 1, notes);
        String type = MediaTypes.safe(mediaType, notes);
        boolean leftOut = content.size() > profile.sizePolicy().maxAttachmentBytes()
                || content.size() > profile.sizePolicy().maxMessageBytes() - size;
        if (leftOut) {
            parts.add(AttachmentPart.leftOut(name, type, content, key.hex(), notes));
        } else {
            size += content.size();
            parts.add(AttachmentPart.of(name, type, content, notes));
        }
        return leftOut;
    }

    private byte[] header(String subject, String date, String messageId, String recordSha256, EmlBody body) {
        HeaderFields header = new HeaderFields(notes);
        new AddressFields(item, profile, notes).writeTo(header);
        header.text("Subject", subject);
        header.fixed("Date", date);
        header.fixed("Message-ID", messageId);
        String related = Address.given(item.relatedId());
        if (!related.isEmpty()) {
            header.fixed("In-Reply-To", MessageIds.message(related, profile.name(), profile.domain()));
        }
        header.words("References", MessageIds.references(item, profile.name(), profile.domain()));
        extensions(header, recordSha256);
        body.describe(header);
        return header.toByteArray();
    }

    private void extensions(HeaderFields header, String recordSha256) {
        text(header, "Message-Id", item.sourceId());
        text(header, "Conversation-Id", item.conversationId());
        text(header, "Type", item.kind());
        header.fixed(profile.headerPrefix() + "-Direction", Details.direction(item));
        header.fixed(profile.headerPrefix() + "-Archive-Key", key.hex());
        new AddressFields(item, profile, notes).writeLists(header);
        text(header, "Related-Id", item.relatedId());
        time(header, "Event-Time", item.sentAt());
        time(header, "Received-Time", item.receivedAt());
        time(header, "Delivered-Time", item.deliveredAt());
        time(header, "Read-Time", item.readAt());
        properties.headers().forEach((name, value) -> text(header, name, value));
        header.fixed(profile.headerPrefix() + "-Source-SHA256", recordSha256);
        if (!notes.isEmpty()) {
            header.words(
                    profile.headerPrefix() + "-Note",
                    notes.stream().map(Note::word).toList());
        }
    }

    private void text(HeaderFields header, String name, @Nullable String value) {
        String given = Address.given(value);
        if (!given.isEmpty()) {
            header.text(profile.headerPrefix() + "-" + name, given);
        }
    }

    private void time(HeaderFields header, String name, @Nullable Instant time) {
        if (time != null) {
            header.fixed(profile.headerPrefix() + "-" + name, time.toString());
        }
    }
}
