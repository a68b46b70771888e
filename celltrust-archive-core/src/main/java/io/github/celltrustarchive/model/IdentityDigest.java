// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.io.IOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one encoding under {@link ItemKey} and {@link DeliveryKey} (docs/identity.md): every field is its length in bytes
 * as a four-byte big-endian number followed by its bytes, an absent field is the length 0xFFFFFFFF, a list is its count
 * followed by its elements. Text is UTF-8 in which an unpaired surrogate keeps its three-byte form, so that no two texts
 * share an encoding.
 */
final class IdentityDigest {

    private static final int ABSENT = 0xFFFFFFFF;

    private final MessageDigest digest = Hex.sha256();
    private final byte[] number = new byte[4];

    private IdentityDigest(String domain) {
        text(domain);
    }

    static String ofItem(String connector, SourceItem item) throws IOException {
        IdentityDigest meaning = new IdentityDigest("celltrust-archive/meaning/1");
        meaning.text(item.kind());
        meaning.text(item.direction().name());
        meaning.instant(item.sentAt());
        meaning.instant(item.receivedAt());
        meaning.instant(item.deliveredAt());
        meaning.instant(item.readAt());
        meaning.text(item.conversationId());
        meaning.text(item.relatedId());
        meaning.participant(item.sender());
        meaning.count(item.recipients().size());
        item.recipients().forEach(meaning::participant);
        meaning.text(item.text());
        meaning.count(item.attachments().size());
        for (Attachment attachment : item.attachments()) {
            meaning.text(attachment.fileName());
            meaning.text(attachment.mediaType());
            meaning.field(Hex.parse(DigestedContent.of(attachment.content()).sha256()));
        }
        Map<String, String> sorted = new TreeMap<>(item.properties());
        meaning.count(sorted.size());
        sorted.forEach((name, value) -> {
            meaning.text(name);
            meaning.text(value);
        });
        return key(connector, item.sourceId(), meaning.bytes());
    }

    static String ofRecord(String connector, RawRecord record) throws IOException {
        IdentityDigest meaning = new IdentityDigest("celltrust-archive/unparsed/1");
        meaning.field(Hex.parse(DigestedContent.of(record.bytes()).sha256()));
        return key(connector, record.locator(), meaning.bytes());
    }

    static String ofDelivery(ItemKey item, String mailboxId, String folder) {
        IdentityDigest delivery = new IdentityDigest("celltrust-archive/delivery/1");
        delivery.field(item.bytes());
        delivery.text(mailboxId);
        delivery.text(folder);
        return Hex.of(delivery.bytes());
    }

    private static String key(String connector, String sourceId, byte[] meaning) {
        IdentityDigest key = new IdentityDigest("celltrust-archive/item/1");
        key.text(connector);
        key.text(sourceId);
        key.field(meaning);
        return Hex.of(key.bytes());
    }

    private void participant(Participant participant) {
        text(participant.role().name());
        text(participant.displayName());
        text(participant.phone());
        text(participant.email());
        text(participant.external() ? "external" : "");
    }

    private void instant(@Nullable Instant instant) {
        text(instant == null ? null : instant.toString());
    }

    private void text(@Nullable String text) {
        if (text == null) {
            count(ABSENT);
        } else {
            field(GeneralizedUtf8.encode(text));
        }
    }

    private void field(byte[] bytes) {
        count(bytes.length);
        digest.update(bytes);
    }

    private void count(int value) {
        number[0] = (byte) (value >>> 24);
        number[1] = (byte) (value >>> 16);
        number[2] = (byte) (value >>> 8);
        number[3] = (byte) value;
        digest.update(number);
    }

    private byte[] bytes() {
        return digest.digest();
    }
}
