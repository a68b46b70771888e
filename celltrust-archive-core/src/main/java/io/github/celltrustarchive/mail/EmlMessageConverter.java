// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SizePolicy;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ConvertedMessage;
import io.github.celltrustarchive.spi.MessageConverter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns items into ordinary, readable, threaded email, as docs/email-format.md describes it: plain text and HTML, attachments
 * as they are, everything else that the source says in extension headers.
 *
 * <p>A record that is an email already ({@code message/rfc822}) passes through untouched behind one line with the archive
 * key.
 *
 * <p>Thread-safe, pure and deterministic. Attachments are streamed: memory doesn't grow with their size.
 */
public final class EmlMessageConverter implements MessageConverter {

    private final ConnectorProfile profile;
    private final MessageLayout layout;
    private final ThreadIds threads;
    private final PassThrough passThrough;

    /** A converter for this profile. */
    public EmlMessageConverter(ConnectorProfile profile) {
        this.profile = profile;
        this.threads = new ThreadIds(profile);
        this.layout = new MessageLayout(profile, threads);
        this.passThrough = new PassThrough(profile);
    }

    @Override
    public ConvertedMessage convert(SourceItem item, ItemKey key, RawRecord raw) throws IOException {
        if (PassThrough.applies(raw)) {
            return passThrough.convert(item, key, raw);
        }
        MailDates.format(item.sentAt()); // a time that no email can have is found out before anything is written
        List<AttachmentSummary> attachments = applySizePolicy(item);
        Envelope envelope = new Envelope(
                key,
                item.sourceId(),
                threads.messageId(key),
                Subjects.of(item),
                item.kind(),
                item.direction(),
                item.conversationId(),
                item.sentAt(),
                item.receivedAt() != null ? item.receivedAt() : item.sentAt(),
                item.participants(),
                attachments);
        String sourceSha256 = DigestedContent.of(raw.bytes()).sha256();
        return new ConvertedMessage(envelope, out -> layout.write(out, item, envelope, sourceSha256));
    }

    private List<AttachmentSummary> applySizePolicy(SourceItem item) throws IOException {
        SizePolicy policy = profile.sizePolicy();
        List<AttachmentSummary> summaries = new ArrayList<>();
        long total = item.text().getBytes(StandardCharsets.UTF_8).length;
        for (Attachment attachment : item.attachments()) {
            DigestedContent content = DigestedContent.of(attachment.content());
            boolean fits =
                    content.size() <= policy.maxAttachmentBytes() && content.size() <= policy.maxMessageBytes() - total;
            total += fits ? content.size() : 0;
            summaries.add(new AttachmentSummary(
                    attachment.fileName(), attachment.mediaType(), content.size(), content.sha256(), !fits));
        }
        return summaries;
    }
}
