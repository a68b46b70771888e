// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.mail.EmlMessageConverter;
import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ContentWriter;
import io.github.celltrustarchive.spi.ConvertedMessage;
import io.github.celltrustarchive.spi.MessageConverter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The default converter, but for what a subclass does otherwise. */
class ChangedConverter implements MessageConverter {

    private final MessageConverter converter = new EmlMessageConverter(ConnectorProfile.cellTrust("contract"));

    @Override
    public ConvertedMessage convert(SourceItem item, ItemKey key, RawRecord raw) throws IOException {
        ConvertedMessage message = converter.convert(item, key, raw);
        ContentWriter eml = converter.convert(item(item), key, raw).eml();
        return new ConvertedMessage(envelope(message.envelope()), out -> write(eml, item, out));
    }

    SourceItem item(SourceItem item) {
        return item;
    }

    Envelope envelope(Envelope envelope) {
        return envelope;
    }

    void write(ContentWriter eml, SourceItem item, OutputStream out) throws IOException {
        String changed = change(new String(Bytes.of(eml), StandardCharsets.ISO_8859_1), item);
        out.write(changed.getBytes(StandardCharsets.ISO_8859_1));
    }

    String change(String eml, SourceItem item) {
        return eml;
    }

    static Envelope with(
            Envelope e,
            ItemKey key,
            @Nullable String messageId,
            String subject,
            List<Participant> participants,
            List<AttachmentSummary> attachments) {
        return new Envelope(
                key,
                e.sourceId(),
                messageId,
                subject,
                e.kind(),
                e.direction(),
                e.conversationId(),
                e.sentAt(),
                e.receivedAt(),
                participants,
                attachments);
    }
}
