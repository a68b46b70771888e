// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples.smsbackup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Gives the messages of one backup their ids. The format has none, so an id is made of what stays the same in every backup
 * of the phone: {@code <sms or mms>:<date>:<digest>:<n>}, the digest over whose phone it is, direction, date, address and
 * content, and {@code n} counting the messages of this file that are equal in all of that. Equal messages in one
 * millisecond are two messages, and the next backup, which holds them both again, gives them the same two ids.
 *
 * <p>Left out is what changes on the phone afterwards, as {@code read}, {@code status}, {@code contact_name} and
 * {@code readable_date} do. Not thread-safe.
 */
final class MessageIds {

    private static final int DIGITS = 32;

    private final String owner;
    private final Map<String, Integer> seen = new HashMap<>();

    MessageIds(String owner) {
        this.owner = owner;
    }

    /** The id of the next record of the file. A record that isn't well-formed is known by its bytes. */
    String next(byte[] record) {
        String key;
        try {
            // Joined whatever the parser's options say: they may be changed before a held record is parsed again
            key = keyOf(XmlElement.parse(SurrogatePairs.join(record)));
        } catch (XMLStreamException e) {
            MessageDigest digest = sha256();
            digest.update(record);
            key = "unreadable:" + hex(digest);
        }
        return key + ":" + seen.merge(key, 1, Integer::sum);
    }

    private String keyOf(XmlElement message) {
        MessageDigest digest = sha256();
        add(digest, owner);
        String box = message.raw(message.name().equals("sms") ? "type" : "msg_box");
        add(digest, "1".equals(box) ? "received" : "sent"); // a message in the outbox is a sent one tomorrow
        for (String name : List.of("date", "address", "body")) {
            add(digest, message.raw(name));
        }
        message.listed("parts", "part").forEach(part -> {
            for (String name : List.of("ct", "text", "data")) {
                add(digest, part.raw(name));
            }
        });
        String date = message.raw("date");
        String shown = date != null && date.matches("[0-9]{1,15}") ? date : "";
        return message.name() + ":" + shown + ":" + hex(digest);
    }

    /** With its length before it, so that no two lists of texts are the same bytes. */
    private static void add(MessageDigest digest, @Nullable String text) {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(text == null ? -1 : bytes.length)
                .flip());
        digest.update(bytes);
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
