// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
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

    private final Clock clock;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    UploadSessions(Clock clock) {
        this.clock = clock;
    }

    /** Opens a session and returns its secret. */
    String open(SimulatedMailbox mailbox, SimulatedMessage message, JsonNode item) throws Refusal {
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
        if (size > LARGEST) {
            throw new Refusal(413, "ErrorMessageSizeExceeded", "The attachment is larger than 150 MB.");
        }
        String secret = "session-" + mailbox.nextNumber();
        sessions.put(
                secret,
                new Session(mailbox, message, item, size, clock.instant().plus(LIFETIME)));
        return secret;
    }

    Instant expires(String secret) throws Refusal {
        return session(secret).expires;
    }

    void cancel(String secret) throws Refusal {
        session(secret);
        sessions.remove(secret);
    }

    /** What is expected next, in the two spellings that Graph uses; empty once the attachment is whole. */
    Optional<ObjectNode> put(String secret, @Nullable String range, byte[] chunk) throws Refusal {
        Session session = session(secret);
        synchronized (session) {
            Matcher matcher = RANGE.matcher(String.valueOf(range));
            if (!matcher.matches() || chunk.length > LARGEST_CHUNK) {
                throw Refusal.badRequest("InvalidContentRange", "The content range is invalid.");
            }
            long from = Long.parseLong(matcher.group(1));
            long to = Long.parseLong(matcher.group(2));
            boolean fits = from == session.received
                    && to - from + 1 == chunk.length
                    && Long.parseLong(matcher.group(3)) == session.size;
            if (!fits) {
                throw new Refusal(416, "InvalidContentRange", "The chunk is not the one that is expected.");
            }
            session.sha256.update(chunk);
            session.received += chunk.length;
            if (session.received < session.size) {
                return Optional.of(state(session));
            }
            sessions.remove(secret);
            session.message.attach(session.attachment());
            return Optional.empty();
        }
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
        String next = session.received == 0 ? "0-" : Long.toString(session.received);
        json.putArray("nextExpectedRanges").add(next);
        return json;
    }

    private Session session(String secret) throws Refusal {
        Session session = sessions.get(secret);
        if (session == null || !clock.instant().isBefore(session.expires)) {
            throw Refusal.notFound();
        }
        return session;
    }

    private static final class Session {
        private final SimulatedMailbox mailbox;
        private final SimulatedMessage message;
        private final JsonNode item;
        private final long size;
        private final Instant expires;
        private final MessageDigest sha256 = Hashes.newSha256();
        private long received;

        private Session(SimulatedMailbox mailbox, SimulatedMessage message, JsonNode item, long size, Instant expires) {
            this.mailbox = mailbox;
            this.message = message;
            this.item = item;
            this.size = size;
            this.expires = expires;
        }

        private SimulatedAttachment attachment() {
            return new SimulatedAttachment(
                    "att-" + mailbox.nextNumber(),
                    item.path("name").asText(),
                    item.path("contentType").asText("application/octet-stream"),
                    size,
                    HexFormat.of().formatHex(sha256.digest()),
                    item.path("isInline").asBoolean());
        }
    }
}
