// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Attachments that come in chunks: in order, at most 4 MB each, for an hour. */
final class UploadSessions {

    private static final long SMALLEST = 3_000_000;
    private static final long LARGEST = 150_000_000;
    private static final int LARGEST_CHUNK = 4 * 1024 * 1024;
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

    private final Simulation simulation;
    private final long messageLimit;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    /**
     * What a chunk led to.
     *
     * @param state what is expected next, in one of the spellings that Graph uses
     * @param attachmentId the id of the whole attachment, empty as long as chunks are missing
     */
    record Progress(ObjectNode state, String attachmentId) {}

    UploadSessions(Simulation simulation, long messageLimit) {
        this.simulation = simulation;
        this.messageLimit = messageLimit;
    }

    /** Opens a session and returns its secret. */
    String open(SimulatedMailbox mailbox, SimulatedMessage message, JsonNode item, boolean immutableIds)
            throws Refusal {
        long size = item.path("size").asLong(-1);
        if (!"file".equals(item.path("attachmentType").asText())
                || item.path("name").asText().isEmpty()
                || size < 0) {
            throw Refusal.badRequest("RequestBodyRead", "The attachment item is invalid.");
        }
        if (size < SMALLEST) {
            throw Refusal.badRequest(
                    "ErrorAttachmentSizeShouldNotBeLessThanMinimumSize", "Attachment size is below the minimum.");
        }
        if (size > LARGEST || GraphJson.size(message) + size > messageLimit) {
            throw new Refusal(413, "ErrorMessageSizeExceeded", "The message would be larger than its mailbox allows.");
        }
        String secret = "session-" + mailbox.nextNumber();
        sessions.put(
                secret,
                new Session(
                        mailbox, message, item, immutableIds, simulation.now().plus(LIFETIME)));
        return secret;
    }

    /** The mailbox that a session is for; empty if there is no such session. */
    Optional<SimulatedMailbox> mailboxOf(String secret) {
        return Optional.ofNullable(sessions.get(secret)).map(session -> session.mailbox);
    }

    void cancel(String secret) throws Refusal {
        session(secret);
        sessions.remove(secret);
    }

    /** Takes the next chunk. */
    Progress put(String secret, @Nullable String range, byte[] chunk) throws Refusal {
        Session session = session(secret);
        synchronized (session) {
            Matcher matcher = RANGE.matcher(String.valueOf(range));
            if (!matcher.matches() || chunk.length == 0 || chunk.length > LARGEST_CHUNK) {
                throw Refusal.badRequest("InvalidContentRange", "The content range is invalid.");
            }
            long from = Long.parseLong(matcher.group(1));
            long to = Long.parseLong(matcher.group(2));
            boolean fits = from == session.content.size()
                    && to - from + 1 == chunk.length
                    && to < session.size
                    && Long.parseLong(matcher.group(3)) == session.size;
            if (!fits) {
                throw new Refusal(416, "InvalidContentRange", "The chunk is not the one that is expected.");
            }
            session.content.append(chunk);
            ObjectNode state = state(session);
            if (session.content.size() < session.size) {
                return new Progress(state, "");
            }
            sessions.remove(secret);
            return new Progress(state, finish(session));
        }
    }

    private String finish(Session session) {
        ContentStore.Content content = session.content.whole();
        SimulatedAttachment attachment = new SimulatedAttachment(
                "att-" + session.mailbox.nextNumber(),
                session.item.path("name").asText(),
                session.item.path("contentType").asText("application/octet-stream"),
                content.size(),
                content.sha256(),
                session.item.path("isInline").asBoolean(),
                session.item.path("contentId").isTextual()
                        ? session.item.path("contentId").asText()
                        : null);
        session.message.attach(attachment, content, simulation.now());
        return GraphJson.attachmentId(attachment, session.immutableIds);
    }

    ObjectNode state(String secret) throws Refusal {
        Session session = session(secret);
        synchronized (session) {
            return state(session);
        }
    }

    private static ObjectNode state(Session session) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("expirationDateTime", session.expires.toString());
        String next = session.content.size() == 0 ? "0-" : Long.toString(session.content.size());
        json.putArray("nextExpectedRanges").add(next);
        return json;
    }

    private Session session(String secret) throws Refusal {
        Session session = sessions.get(secret);
        if (session == null || !simulation.now().isBefore(session.expires)) {
            throw Refusal.notFound();
        }
        return session;
    }

    private final class Session {
        private final SimulatedMailbox mailbox;
        private final SimulatedMessage message;
        private final JsonNode item;
        private final boolean immutableIds;
        private final long size;
        private final Instant expires;
        private final ContentStore.Growing content = simulation.store().new Growing();

        private Session(
                SimulatedMailbox mailbox,
                SimulatedMessage message,
                JsonNode item,
                boolean immutableIds,
                Instant expires) {
            this.mailbox = mailbox;
            this.message = message;
            this.item = item;
            this.immutableIds = immutableIds;
            this.size = item.path("size").asLong();
            this.expires = expires;
        }
    }
}
