// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.SourceItem;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The header fields that every email of an item has, whoever makes its body (docs/email-format.md, "Header"). */
final class ItemHeader {

    private final ConnectorProfile profile;
    private final SourceItem item;
    private final ItemKey key;
    private final KnownProperties properties;
    private final Set<Note> notes;

    ItemHeader(ConnectorProfile profile, SourceItem item, ItemKey key, KnownProperties properties, Set<Note> notes) {
        this.profile = profile;
        this.item = item;
        this.key = key;
        this.properties = properties;
        this.notes = notes;
    }

    String messageId() {
        return MessageIds.messageId(key, profile.domain());
    }

    /** From {@code From} to {@code References}. */
    void writeStandard(HeaderFields header, String subject, String date) {
        new AddressFields(item, profile, notes).writeTo(header);
        header.text("Subject", subject);
        header.fixed("Date", date);
        header.fixed("Message-ID", messageId());
        String related = Address.given(item.relatedId());
        if (!related.isEmpty()) {
            header.fixed("In-Reply-To", MessageIds.message(related, profile.name(), profile.domain()));
        }
        header.words("References", MessageIds.references(item, profile.name(), profile.domain()));
    }

    /** The fields with the profile's prefix, the elements of a multimedia message, and the notes so far. */
    void writeExtensions(HeaderFields header, String recordSha256) {
        writeExtensions(header, recordSha256, () -> {});
    }

    /** Likewise, with {@code more} in front of the notes. */
    void writeExtensions(HeaderFields header, String recordSha256, Runnable more) {
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
        properties.mms().forEach(header::text);
        header.fixed(profile.headerPrefix() + "-Source-SHA256", recordSha256);
        more.run();
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
