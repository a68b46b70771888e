// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Envelope;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The five {@code X-} headers that Graph takes. Their names are the profile's prefix and constants, because each new name takes
 * one of the mailbox's property definitions for good.
 */
final class ArchiveHeaders {

    /** What follows the prefix. */
    static final List<String> NAMES = List.of("-Message-Id", "-Conversation-Id", "-Type", "-Direction", "-Archive-Key");

    /** Graph is said to refuse longer ones. */
    static final int MAX_VALUE = 995;

    private static final int WORD_BYTES = 45; // 75 characters at most with =?UTF-8?B??= (RFC 2047 section 2)

    private ArchiveHeaders() {}

    /** Name and value of those that have one. */
    static Map<String, String> of(Delivery delivery, String prefix, Set<MessageNote> notes) {
        Envelope envelope = delivery.envelope();
        String[] values = {
            envelope.sourceId(),
            envelope.conversationId(),
            envelope.kind(),
            envelope.direction().name().toLowerCase(Locale.ROOT),
            ArchiveProperties.key(delivery)
        };
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            String value = value(values[i], notes);
            if (!value.isEmpty()) {
                headers.put(prefix + NAMES.get(i), value);
            }
        }
        return headers;
    }

    /** On one line of ASCII; encoded-words (RFC 2047) where the text is anything else, or looks like one. */
    private static String value(@Nullable String given, Set<MessageNote> notes) {
        String text = given == null ? "" : CleanText.line(given).strip();
        String value = encoded(text);
        int length = text.length();
        while (value.length() > MAX_VALUE) {
            notes.add(MessageNote.VALUE_SHORTENED);
            length = Math.min(length * 7 / 8, MAX_VALUE);
            value = encoded(CleanText.shortened(text, length));
        }
        return value;
    }

    private static String encoded(String text) {
        if (!text.contains("=?") && text.chars().allMatch(c -> c < 0x7F)) {
            return text;
        }
        StringBuilder words = new StringBuilder(text.length() * 2);
        ByteArrayOutputStream word = new ByteArrayOutputStream(WORD_BYTES);
        for (int i = 0; i < text.length(); ) {
            int end = i + Character.charCount(text.codePointAt(i));
            byte[] utf8 = text.substring(i, end).getBytes(StandardCharsets.UTF_8);
            if (word.size() + utf8.length > WORD_BYTES) {
                flush(word, words);
            }
            word.writeBytes(utf8);
            i = end;
        }
        flush(word, words);
        return words.toString();
    }

    private static void flush(ByteArrayOutputStream word, StringBuilder words) {
        words.append(words.isEmpty() ? "=?UTF-8?B?" : " =?UTF-8?B?")
                .append(Base64.getEncoder().encodeToString(word.toByteArray()))
                .append("?=");
        word.reset();
    }
}
