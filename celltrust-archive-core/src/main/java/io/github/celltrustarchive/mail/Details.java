// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.SourceItem;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything worth knowing about an item beside its text, in the order in which people read it. */
final class Details {

    /** Takes one detail after the other. */
    @FunctionalInterface
    interface Sink {
        /** A label of ours or the source's, and a value as the source spells it, in as many pieces as can differ in direction. */
        void detail(String label, List<String> pieces) throws IOException;
    }

    private final SourceItem item;
    private final ItemKey key;
    private final KnownProperties properties;
    private final List<AttachmentPart> parts;
    private final ZoneId zone;

    Details(SourceItem item, ItemKey key, KnownProperties properties, List<AttachmentPart> parts, ZoneId zone) {
        this.item = item;
        this.key = key;
        this.properties = properties;
        this.parts = List.copyOf(parts);
        this.zone = zone;
    }

    /** When it was sent: in UTC, and in the display zone if that is another. */
    String sent() {
        return Times.both(item.sentAt(), zone);
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
        sink.detail("Type", List.of(item.kind()));
        sink.detail("Direction", List.of(direction(item)));
        text(sink, "Conversation", item.conversationId());
        text(sink, "About message", item.relatedId());
        for (var property : properties.headers().entrySet()) {
            String value = property.getValue();
            boolean duration = property.getKey().equals("Duration");
            sink.detail(property.getKey().replace('-', ' '), List.of(duration ? Durations.withGiven(value) : value));
        }
        for (var property : properties.mms().entrySet()) {
            sink.detail(property.getKey(), List.of(property.getValue()));
        }
        for (var property : properties.others().entrySet()) {
            sink.detail(property.getKey(), List.of(property.getValue()));
        }
        for (AttachmentPart part : parts) {
            sink.detail("Attachment", List.of(part.name(), part.description()));
        }
        sink.detail("Message id", List.of(item.sourceId()));
        sink.detail("Archive key", List.of(key.hex()));
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

    private static List<String> describe(Participant participant) {
        List<String> pieces = Stream.of(participant.displayName(), participant.phone(), participant.email())
                .map(Address::given)
                .filter(given -> !given.isEmpty())
                .toList();
        return pieces.isEmpty() ? List.of("unknown") : pieces;
    }

    private void time(Sink sink, String label, @Nullable Instant time) throws IOException {
        if (time != null) {
            sink.detail(label, List.of(Times.both(time, zone)));
        }
    }

    private static void text(Sink sink, String label, @Nullable String value) throws IOException {
        String given = Address.given(value);
        if (!given.isEmpty()) {
            sink.detail(label, List.of(given));
        }
    }
}
