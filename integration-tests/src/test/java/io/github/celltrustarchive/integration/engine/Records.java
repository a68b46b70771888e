// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Records in the project's own format, as short as a test wants them. */
public final class Records {

    private Records() {}

    /** A text message between addresses at example.com; {@code name} alone stands for {@code name@example.com}. */
    public static RawRecord sms(String id, String text, String from, String... to) {
        return json(id, id, "SMS", text, "", from, to);
    }

    /** The same under a locator of its own: a record that the source gives a second time. */
    public static RawRecord smsAt(String locator, String id, String text, String from, String... to) {
        return json(locator, id, "SMS", text, "", from, to);
    }

    /** A message with one attachment of these bytes in base64. */
    public static RawRecord mms(String id, String text, String base64, String from, String... to) {
        String attachment =
                ",\"attachments\":[{\"name\":\"photo.png\",\"type\":\"image/png\",\"data\":\"" + base64 + "\"}]";
        return json(id, id, "MMS", text, attachment, from, to);
    }

    /** A message from ann to bob with one attachment, whose bytes lie beside the record. */
    public static RawRecord withFile(String id, String name, Content bytes) {
        String attachment = ",\"attachments\":[{\"name\":\"" + name + "\",\"file\":\"" + name + "\"}]";
        RawRecord record = json(id, id, "MMS", "look", attachment, "ann", "ann");
        return new RawRecord(record.mediaType(), record.bytes(), Map.of(name, bytes), record.locator());
    }

    /** A record that can't be parsed. */
    public static RawRecord malformed(String locator) {
        return new RawRecord("application/json", Content.ofUtf8("{\"id\":\"" + locator + "\",\"kind\":"), locator);
    }

    private static RawRecord json(
            String locator, String id, String kind, String text, String more, String from, String... to) {
        String recipients = List.of(to).stream().map(Records::participant).collect(Collectors.joining(","));
        String line = "{\"id\":\"" + id + "\",\"kind\":\"" + kind + "\",\"direction\":\"inbound\","
                + "\"sent\":\"2026-11-20T14:03:27Z\",\"from\":" + participant(from) + ",\"to\":[" + recipients
                + "],\"text\":\"" + text + "\"" + more + "}";
        return new RawRecord("application/json", Content.ofUtf8(line), locator);
    }

    private static String participant(String who) {
        if (who.startsWith("+")) {
            return "{\"phone\":\"" + who + "\"}";
        }
        return "{\"email\":\"" + (who.contains("@") ? who : who + "@example.com") + "\"}";
    }
}
