// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ConvertedMessage;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Passes a record that is an email already through untouched, behind one header line with the archive key, so that it can be
 * found again even without a Message-ID.
 */
final class PassThrough {

    private static final int MAX_HEADERS = 1 << 20;
    private static final int MAX_MESSAGE_ID = 900;

    private final ConnectorProfile profile;

    PassThrough(ConnectorProfile profile) {
        this.profile = profile;
    }

    static boolean applies(RawRecord raw) {
        return raw.mediaType().regionMatches(true, 0, "message/rfc822", 0, 14);
    }

    ConvertedMessage convert(SourceItem item, ItemKey key, RawRecord raw) throws IOException {
        long limit = profile.sizePolicy().maxMessageBytes();
        if (raw.bytes().size() > limit) {
            throw ArchiveException.hold(
                    "the message has " + raw.bytes().size() + " bytes, the size policy allows " + limit, null);
        }
        InternetHeaders headers = headers(raw.bytes());
        List<AttachmentSummary> attachments = new ArrayList<>();
        for (var attachment : item.attachments()) {
            DigestedContent content = DigestedContent.of(attachment.content());
            attachments.add(new AttachmentSummary(
                    attachment.fileName(), attachment.mediaType(), content.size(), content.sha256(), false));
        }
        Envelope envelope = new Envelope(
                key,
                item.sourceId(),
                messageId(headers),
                subject(headers, item),
                item.kind(),
                item.direction(),
                item.conversationId(),
                item.sentAt(),
                item.receivedAt() != null ? item.receivedAt() : item.sentAt(),
                item.participants(),
                attachments);
        String firstLine = profile.headerPrefix() + "-Archive-Key: " + key.hex() + "\r\n";
        return new ConvertedMessage(envelope, stream -> {
            EmlWriter out = new EmlWriter(stream);
            out.ascii(firstLine);
            out.flush();
            try (InputStream in = raw.bytes().open()) {
                in.transferTo(stream);
            }
        });
    }

    /** The header block, as far as it can be read; malformed email is passed through like any other. */
    private static InternetHeaders headers(Content eml) throws IOException {
        byte[] start;
        try (InputStream in = eml.open()) {
            start = in.readNBytes((int) Math.min(MAX_HEADERS, eml.size()));
        }
        try {
            return new InternetHeaders(Content.of(start).open());
        } catch (MessagingException | RuntimeException e) {
            return new InternetHeaders();
        }
    }

    private static @Nullable String messageId(InternetHeaders headers) {
        String value = headers.getHeader("Message-ID", null);
        if (value == null) {
            return null;
        }
        String id = value.strip();
        boolean usable = id.length() > 2
                && id.length() <= MAX_MESSAGE_ID
                && id.startsWith("<")
                && id.endsWith(">")
                && id.chars().allMatch(c -> c > ' ' && c <= '~');
        return usable ? id : null;
    }

    private static String subject(InternetHeaders headers, SourceItem item) {
        String value = headers.getHeader("Subject", null);
        if (value == null) {
            return Subjects.of(item);
        }
        try {
            return CleanText.of(MimeUtility.decodeText(MimeUtility.unfold(value)), 1_000)
                    .text();
        } catch (UnsupportedEncodingException | RuntimeException e) {
            return CleanText.of(value, 1_000).text();
        }
    }
}
