// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A message in a simulated mailbox, to be looked at by tests. What it shows is a copy. Thread-safe. */
public final class SimulatedMessage {

    private final String number;
    private final ObjectNode json;
    private final Map<String, String> properties;
    private final Map<String, String> headers;
    private final Instant created;
    private final boolean draft;
    private final ContentStore.Content mime;
    private final Map<String, SimulatedAttachment> attachments = new LinkedHashMap<>();
    private final Map<String, ContentStore.Content> contents = new LinkedHashMap<>();
    private String folderId;
    private boolean read;
    private Instant modified;
    private int moves;
    private int changes = 1;

    /** What a message is made of. */
    record Parts(
            ObjectNode json,
            Map<String, String> properties,
            Map<String, String> headers,
            boolean draft,
            boolean read,
            ContentStore.Content mime) {}

    SimulatedMessage(String number, String folderId, Instant created, Parts parts) {
        this.number = number;
        this.folderId = folderId;
        this.created = created;
        this.modified = created;
        json = parts.json();
        properties = new TreeMap<>(parts.properties());
        headers = Map.copyOf(parts.headers());
        draft = parts.draft();
        read = parts.read();
        mime = parts.mime();
    }

    /** Its id when immutable identifiers are asked for. */
    public String immutableId() {
        return "imm-" + number;
    }

    /** Its id otherwise, which changes when it is moved. */
    public synchronized String defaultId() {
        return moves == 0 ? "def-" + number : "def-" + number + "-moved-" + moves;
    }

    /** The folder it is in. */
    public synchronized String folderId() {
        return folderId;
    }

    /** Whether Outlook shows it as a draft. */
    public boolean draft() {
        return draft;
    }

    /** Whether it has been read. */
    public synchronized boolean read() {
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

    /** When it was created, on the simulator's clock. */
    public Instant created() {
        return created;
    }

    /** Its Message-ID: what it was created with, or what the server made up. */
    public synchronized String internetMessageId() {
        return json.path("internetMessageId").isTextual()
                ? json.path("internetMessageId").asText()
                : "<" + number + "@server.simulator.invalid>";
    }

    /** The JSON with which it was created, without attachments, properties and headers. */
    public synchronized ObjectNode json() {
        return json.deepCopy();
    }

    /** Its extended properties by their id as it was written. */
    public synchronized Map<String, String> properties() {
        return Map.copyOf(properties);
    }

    /** Its value of an extended property whose id means the same, or null. */
    public @Nullable String property(String id) {
        String canonical = PropertyIds.canonical(id);
        return properties().entrySet().stream()
                .filter(property -> PropertyIds.canonical(property.getKey()).equals(canonical))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** Its internet message headers: those given as JSON, or all of its MIME. */
    public Map<String, String> headers() {
        return headers;
    }

    /** Its attachments in the order in which they came. */
    public synchronized List<SimulatedAttachment> attachments() {
        return List.copyOf(attachments.values());
    }

    /**
     * The bytes of an attachment.
     *
     * @param attachmentId {@link SimulatedAttachment#id()}
     * @throws IllegalArgumentException if there is no such attachment
     */
    public byte[] content(String attachmentId) {
        return stored(attachmentId).read();
    }

    /** The MIME it was created from, empty if it was created from JSON. */
    public byte[] mime() {
        return mime.read();
    }

    synchronized ContentStore.Content stored(String attachmentId) {
        ContentStore.Content content = contents.get(attachmentId);
        if (content == null) {
            throw new IllegalArgumentException("no such attachment");
        }
        return content;
    }

    synchronized void set(Map<String, String> changed, ObjectNode fields, Instant now) {
        changed.forEach((id, value) -> {
            properties.keySet().removeIf(old -> PropertyIds.canonical(old).equals(PropertyIds.canonical(id)));
            properties.put(id, value);
        });
        if (fields.path("isRead").isBoolean()) {
            read = fields.path("isRead").asBoolean();
        }
        json.setAll(fields);
        changed(now);
    }

    synchronized void attach(SimulatedAttachment attachment, ContentStore.Content content, Instant now) {
        attachments.put(attachment.id(), attachment);
        contents.put(attachment.id(), content);
        changed(now);
    }

    synchronized void detach(String attachmentId, Instant now) {
        attachments.remove(attachmentId);
        contents.remove(attachmentId);
        changed(now);
    }

    synchronized void moveTo(String newFolderId, Instant now) {
        folderId = newFolderId;
        moves++;
        changed(now);
    }

    synchronized Instant modified() {
        return modified;
    }

    synchronized String changeKey() {
        return "CQAAABYAAAB" + number.hashCode() + "-" + changes;
    }

    String number() {
        return number;
    }

    private void changed(Instant now) {
        modified = now;
        changes++;
    }

    private Instant instant(String property) {
        String value = property(property);
        return value == null ? created : Instant.parse(value);
    }

    @Override
    public String toString() {
        return "SimulatedMessage[" + number + "]";
    }
}
