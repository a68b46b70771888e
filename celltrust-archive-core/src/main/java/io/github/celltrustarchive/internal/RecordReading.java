// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ItemIdentity;
import io.github.celltrustarchive.spi.RecordParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record as far as it could be understood.
 *
 * @param raw the record, its bytes and parts digested
 * @param identity what the ledger knows it by: its meaning, or its locator and bytes if it can't be parsed
 * @param item what it means, or null
 * @param fault why it can't be parsed, or null
 */
record RecordReading(
        RawRecord raw,
        ItemIdentity identity,
        @Nullable SourceItem item,
        @Nullable String fault) {

    /** Parses a record; what is wrong with the record itself becomes a fault. */
    static RecordReading of(String connector, RecordParser parser, RawRecord record) throws IOException {
        RawRecord raw = digested(record);
        String fault;
        try {
            SourceItem item = digested(parser.parse(raw));
            return new RecordReading(raw, new ItemIdentity(item.sourceId(), ItemKey.of(connector, item)), item, null);
        } catch (ArchiveException e) {
            fault = Faults.heldReason(e);
        } catch (RuntimeException | StackOverflowError e) {
            fault = Faults.heldReason("the parser", e);
        } catch (OutOfMemoryError e) {
            throw Faults.outOfMemory("parsing", raw, e);
        }
        return new RecordReading(raw, new ItemIdentity(raw.locator(), ItemKey.ofUnparsed(connector, raw)), null, fault);
    }

    private static RawRecord digested(RawRecord raw) throws IOException {
        Map<String, Content> parts = new LinkedHashMap<>();
        for (var part : raw.parts().entrySet()) {
            parts.put(part.getKey(), DigestedContent.of(part.getValue()));
        }
        return new RawRecord(raw.mediaType(), DigestedContent.of(raw.bytes()), parts, raw.locator());
    }

    private static SourceItem digested(SourceItem item) throws IOException {
        if (item.attachments().isEmpty()) {
            return item;
        }
        List<Attachment> attachments = new ArrayList<>();
        for (Attachment attachment : item.attachments()) {
            attachments.add(new Attachment(
                    attachment.fileName(), attachment.mediaType(), DigestedContent.of(attachment.content())));
        }
        return item.withAttachments(attachments);
    }
}
