// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.Attachment;
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
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * A record that is an email already: its bytes stay as they are, behind one archive-key line by which it can be found
 * again even if it has no Message-ID.
 */
final class PassThrough {

    private PassThrough() {}

    static ConvertedMessage convert(ConnectorProfile profile, SourceItem item, ItemKey key, RawRecord raw)
            throws IOException {
        Content bytes = raw.bytes();
        long limit = profile.sizePolicy().maxMessageBytes();
        if (bytes.size() > limit) {
            throw ArchiveException.hold(
                    "item size exceeded: the email has " + bytes.size() + " bytes, over the size policy's " + limit
                            + ": raise the limit and release the item",
                    null);
        }
        EmailHead head = EmailHead.read(bytes);
        if (head.beginsInsideField()) {
            throw ArchiveException.hold(
                    "the email begins with a continuation line, which would join the archive-key line: correct the source",
                    null);
        }
        DigestedContent email = DigestedContent.of(bytes);
        HeaderFields line = new HeaderFields(EnumSet.noneOf(Note.class));
        line.fixed(profile.headerPrefix() + "-Archive-Key", key.hex());
        byte[] first = line.toByteArray();
        return new ConvertedMessage(envelope(item, key, head), out -> {
            out.write(first);
            try (InputStream in = email.open()) {
                in.transferTo(out);
            }
        });
    }

    private static Envelope envelope(SourceItem item, ItemKey key, EmailHead head) throws IOException {
        List<AttachmentSummary> summaries = new ArrayList<>();
        for (Attachment attachment : item.attachments()) {
            DigestedContent content = DigestedContent.of(attachment.content());
            summaries.add(new AttachmentSummary(
                    attachment.fileName(), attachment.mediaType(), content.size(), content.sha256(), false));
        }
        return Envelope.of(key, item, head.messageId(), head.subject(), summaries);
    }
}
