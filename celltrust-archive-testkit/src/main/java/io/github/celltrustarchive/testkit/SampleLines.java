// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.SourceItem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Spells items as lines of the project's own format, for items whose recipients all are {@code TO}. */
final class SampleLines {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT);

    private final ZoneId zone;

    SampleLines(ZoneId zone) {
        this.zone = zone;
    }

    String line(SourceItem item) {
        return fields(new SampleJson(), item).object();
    }

    /** As another version of an exporter would spell it: with a field that nobody knows, in front. */
    String respelled(SourceItem item) {
        return fields(new SampleJson().field("exporter", "2.1"), item).object();
    }

    private SampleJson fields(SampleJson json, SourceItem item) {
        json.field("id", item.sourceId())
                .field("kind", item.kind())
                .field("direction", item.direction().name().toLowerCase(Locale.ROOT))
                .field("sent", time(item.sentAt()))
                .field("received", time(item.receivedAt()))
                .field("delivered", time(item.deliveredAt()))
                .field("read", time(item.readAt()))
                .field("conversation", item.conversationId())
                .field("about", item.relatedId())
                .participant("from", item.sender());
        List<String> to = new ArrayList<>();
        for (Participant recipient : item.recipients()) {
            to.add(SampleJson.person(recipient));
        }
        json.array("to", to).field("text", item.text());
        if (!item.attachments().isEmpty()) {
            json.array(
                    "attachments",
                    item.attachments().stream().map(SampleLines::attachment).toList());
        }
        if (!item.properties().isEmpty()) {
            json.raw("properties", properties(item.properties()));
        }
        return json;
    }

    private static String attachment(Attachment attachment) {
        try (InputStream in = attachment.content().open()) {
            byte[] bytes = in.readAllBytes();
            return new SampleJson()
                    .field("name", attachment.fileName())
                    .field("type", attachment.mediaType())
                    .field("data", Base64.getEncoder().encodeToString(bytes))
                    .raw("size", Integer.toString(bytes.length))
                    .field("sha256", Digests.sha256(bytes))
                    .object();
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be read", e);
        }
    }

    private static String properties(Map<String, String> properties) {
        SampleJson json = new SampleJson();
        properties.forEach(json::field);
        return json.object();
    }

    private @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : TIME.format(instant.atZone(zone));
    }
}
