// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A message in a simulated mailbox, to be looked at by tests. What it shows is a copy. */
public final class SimulatedMessage {

    private final String number;
    private final String folderId;
    private final ObjectNode json;
    private final Map<String, String> properties;
    private final Map<String, String> headers;
    private final Instant created;
    private final boolean draft;
    private final boolean read;
    private final List<SimulatedAttachment> attachments = new ArrayList<>();

    SimulatedMessage(
            String number,
            String folderId,
            ObjectNode json,
            Map<String, String> properties,
            Map<String, String> headers,
            Instant created,
            boolean draft,
            boolean read) {
        this.number = number;
        this.folderId = folderId;
        this.json = json;
        this.properties = new TreeMap<>(properties);
        this.headers = Map.copyOf(headers);
        this.created = created;
        this.draft = draft;
        this.read = read;
    }

    /** Its id when immutable identifiers are asked for. */
    public String immutableId() {
        return "imm-" + number;
    }

    /** Its id otherwise. */
    public String defaultId() {
        return "def-" + number;
    }

    /** The folder it is in. */
    public String folderId() {
        return folderId;
    }

    /** Whether Outlook shows it as a draft. */
    public boolean draft() {
        return draft;
    }

    /** Whether it has been read. */
    public boolean read() {
        return read;
    }

    /** {@code PidTagMessageDeliveryTime}, or when it was created. */
    public Instant received() {
        return instant("SystemTime 0x0E06");
    }

    /** {@code PidTagClientSubmitTime}, or when it was created. */
    public Instant sent() {
        return instant("SystemTime 0x0039");
    }

    /** Its Message-ID, or null. */
    public @Nullable String internetMessageId() {
        return json.path("internetMessageId").isTextual()
                ? json.path("internetMessageId").asText()
                : null;
    }

    /** The JSON with which it was created, without attachments, properties and headers. */
    public ObjectNode json() {
        return json.deepCopy();
    }

    /** Its extended properties by their id as it was written. */
    public synchronized Map<String, String> properties() {
        return Map.copyOf(properties);
    }

    /** Its {@code X-} headers. */
    public Map<String, String> headers() {
        return headers;
    }

    /** Its attachments in the order in which they came. */
    public synchronized List<SimulatedAttachment> attachments() {
        return List.copyOf(attachments);
    }

    synchronized void set(String property, String value) {
        properties.put(property, value);
    }

    synchronized void attach(SimulatedAttachment attachment) {
        attachments.add(attachment);
    }

    Instant created() {
        return created;
    }

    private synchronized Instant instant(String property) {
        String value = properties.get(property);
        return value == null ? created : Instant.parse(value);
    }

    @Override
    public String toString() {
        return "SimulatedMessage[" + number + "]";
    }
}
