// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ConvertedMessage;
import java.io.IOException;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Converts one item: decides everything now, and leaves to {@link EmlBody} what can be written later. Used once. */
final class Rendering {

    /** What the host chose. */
    record Options(boolean attachRawRecord, boolean inlinePictures, ZoneId displayZone, Subjects subjects) {}

    private final ConnectorProfile profile;
    private final Options options;
    private final SourceItem item;
    private final ItemKey key;
    private final Set<Note> notes = EnumSet.noneOf(Note.class);

    Rendering(ConnectorProfile profile, Options options, SourceItem item, ItemKey key) {
        this.profile = profile;
        this.options = options;
        this.item = item;
        this.key = key;
    }

    ConvertedMessage convert(RawRecord raw) throws IOException {
        String date = Times.rfc5322(item.sentAt());
        TextShape shape = measureText();
        AttachmentParts parts = new AttachmentParts(profile, key, shape.utf8Bytes(), options.inlinePictures(), notes);
        List<AttachmentSummary> summaries = parts.addAll(item.attachments());
        DigestedContent record = DigestedContent.of(raw.bytes());
        if (options.attachRawRecord()) {
            parts.add("source-record" + MediaTypes.extension(raw.mediaType()), raw.mediaType(), record, false);
        }
        KnownProperties properties = KnownProperties.of(item.properties());
        String subject = options.subjects().of(item, options.displayZone(), notes);
        Headline headline = Headline.of(item, properties, notes);
        Details details = new Details(item, key, properties, parts.all(), options.displayZone());
        EmlBody body = new EmlBody(key, headline, item.text(), shape, details, parts.all());
        ItemHeader fields = new ItemHeader(profile, item, key, properties, notes);
        HeaderFields header = new HeaderFields(notes);
        fields.writeStandard(header, subject, date);
        fields.writeExtensions(header, record.sha256());
        body.describe(header);
        byte[] bytes = header.toByteArray();
        Envelope envelope = Envelope.of(key, item, fields.messageId(), subject, summaries);
        return new ConvertedMessage(envelope, out -> {
            EmlWriter eml = new EmlWriter(out);
            eml.write(bytes, bytes.length);
            body.write(eml);
            eml.flush();
        });
    }

    private TextShape measureText() {
        TextShape shape = TextShape.of(item.text());
        shape.requireWithin(profile.sizePolicy());
        if (shape.unpairedSurrogates()) {
            notes.add(Note.UNPAIRED_SURROGATES);
        }
        if (item.text().isEmpty()) {
            notes.add(Note.NO_TEXT);
        }
        return shape;
    }
}
