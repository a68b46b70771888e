// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.SourceItem;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Everything worth knowing about an item beside its text, in the order in which people read it. */
final class Details {

    /** Takes one detail after the other. */
    @FunctionalInterface
    interface Sink {
        /** A label of ours or the source's, and a value as the source spells it. */
        void detail(String label, String value) throws IOException;
    }

    private final SourceItem item;
    private final ItemKey key;
    private final KnownProperties properties;
    private final ZoneId zone;

    Details(SourceItem item, ItemKey key, KnownProperties properties, ZoneId zone) {
        this.item = item;
        this.key = key;
        this.properties = properties;
        this.zone = zone;
    }

    /** Hands over what there is; absent details are left out. */
    void to(Sink sink) throws IOException {
        for (Participant participant : item.participants()) {
            sink.detail(label(participant), describe(participant));
        }
        time(sink, "Sent", item.sentAt());
        time(sink, "Received", item.receivedAt());
        time(sink, "Delivered", item.deliveredAt());
        time(sink, "Read", item.readAt());
        sink.detail("Type", item.kind());
        sink.detail("Direction", direction(item));
        text(sink, "Conversation", item.conversationId());
        text(sink, "About message", item.relatedId());
        for (var property : properties.headers().entrySet()) {
            sink.detail(property.getKey().replace('-', ' '), property.getValue());
        }
        for (var property : properties.others().entrySet()) {
            sink.detail(property.getKey(), property.getValue());
        }
        sink.detail("Message id", item.sourceId());
        sink.detail("Archive key", key.hex());
    }

    /** {@code inbound}, {@code outbound} or {@code unknown}. */
    static String direction(SourceItem item) {
        return switch (item.direction()) {
            case INBOUND -> "inbound";
            case OUTBOUND -> "outbound";
            case UNKNOWN -> "unknown";
        };
    }

    private static String label(Participant participant) {
        return switch (participant.role()) {
            case FROM -> "From";
            case TO -> "To";
            case CC -> "Cc";
            case BCC -> "Bcc";
        };
    }

    private static String describe(Participant participant) {
        StringBuilder text = new StringBuilder();
        append(text, participant.displayName());
        append(text, participant.phone());
        append(text, participant.email());
        return text.length() == 0 ? "unknown" : text.toString();
    }

    private static void append(StringBuilder text, @Nullable String value) {
        String given = Address.given(value);
        if (!given.isEmpty()) {
            text.append(text.length() == 0 ? "" : ", ").append(given);
        }
    }

    private void time(Sink sink, String label, @Nullable Instant time) throws IOException {
        if (time != null) {
            String utc = Times.readable(time, ZoneOffset.UTC);
            sink.detail(label, zone.equals(ZoneOffset.UTC) ? utc : utc + " \u00B7 " + Times.readable(time, zone));
        }
    }

    private static void text(Sink sink, String label, @Nullable String value) throws IOException {
        String given = Address.given(value);
        if (!given.isEmpty()) {
            sink.detail(label, given);
        }
    }
}
