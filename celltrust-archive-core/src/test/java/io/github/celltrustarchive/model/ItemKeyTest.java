// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ItemKeyTest {

    private static final Instant SENT = Instant.parse("2026-11-20T14:03:27Z");

    private static SourceItem.Builder item(String id) {
        return SourceItem.builder(id, "SMS", SENT)
                .sender(Participant.ofPhone(ParticipantRole.FROM, "+15550100001"))
                .recipient(Participant.ofEmail(ParticipantRole.TO, "ann@example.com"))
                .text("Running late");
    }

    @Test
    @DisplayName("the recipe of docs/identity.md, followed by hand, gives the key")
    void theWrittenRecipeGivesTheKey() throws Exception {
        byte[] attachment = MessageDigest.getInstance("SHA-256").digest(new byte[] {1, 2, 3});
        Recipe meaning = new Recipe()
                .text("celltrust-archive/meaning/1")
                .text("SMS")
                .text("UNKNOWN")
                .text("2026-11-20T14:03:27Z")
                .absent()
                .absent()
                .absent()
                .absent()
                .absent()
                .text("FROM")
                .absent()
                .text("+15550100001")
                .absent()
                .text("")
                .count(1)
                .text("TO")
                .absent()
                .absent()
                .text("ann@example.com")
                .text("")
                .text("Running late")
                .count(1)
                .text("photo.png")
                .text("image/png")
                .field(attachment)
                .count(2)
                .text("carrier")
                .text("Rogers")
                .text("status")
                .text("sent");
        String expected = HexFormat.of()
                .formatHex(new Recipe()
                        .text("celltrust-archive/item/1")
                        .text("acme")
                        .text("m-1")
                        .field(meaning.sha256())
                        .sha256());

        SourceItem item = item("m-1")
                .attachment(new Attachment("photo.png", "image/png", Content.of(new byte[] {1, 2, 3})))
                .property("status", "sent")
                .property("carrier", "Rogers")
                .build();

        assertThat(ItemKey.of("acme", item).hex()).isEqualTo(expected);
    }

    @Test
    @DisplayName("invariant 9: another text, attachment, time or participant under the same id is another item")
    void anyDifferenceInMeaningGivesAnotherKey() throws Exception {
        ItemKey key = ItemKey.of("acme", item("m-1").build());

        assertThat(ItemKey.of("acme", item("m-1").build())).isEqualTo(key);
        assertThat(ItemKey.of("acme", item("m-1").text("Running Late").build())).isNotEqualTo(key);
        assertThat(ItemKey.of("acme", item("m-1").conversationId("").build())).isNotEqualTo(key);
        assertThat(ItemKey.of("acme", item("m-1").property("a", "b").build())).isNotEqualTo(key);
        assertThat(ItemKey.of("acme", item("m-1").readAt(SENT).build()))
                .isNotEqualTo(ItemKey.of("acme", item("m-1").deliveredAt(SENT).build()));
        assertThat(ItemKey.of("acme", item("m-2").build())).isNotEqualTo(key);
        assertThat(ItemKey.of("other", item("m-1").build())).isNotEqualTo(key);
    }

    @Test
    void unpairedSurrogatesAndQuestionMarksAreDifferentTexts() throws Exception {
        ItemKey high = ItemKey.of("acme", item("m-1").text("\ud800").build());
        ItemKey low = ItemKey.of("acme", item("m-1").text("\udc00").build());
        ItemKey question = ItemKey.of("acme", item("m-1").text("?").build());
        ItemKey replacement = ItemKey.of("acme", item("m-1").text("\ufffd").build());

        assertThat(java.util.Set.of(high, low, question, replacement)).hasSize(4);
    }

    @Test
    void idsThatFoldOrNormaliseToTheSameStayApart() throws Exception {
        assertThat(ItemKey.of("acme", item("K").build()))
                .isNotEqualTo(ItemKey.of("acme", item("\u212a").build()));
        assertThat(ItemKey.of("acme", item("\u00e9").build()))
                .isNotEqualTo(ItemKey.of("acme", item("e\u0301").build()));
        assertThat(ItemKey.of("acme", item("a\u0000b").build()))
                .isNotEqualTo(ItemKey.of("acme", item("a").build()));
    }

    @Test
    void movingTextFromOneFieldToItsNeighbourChangesTheKey() throws Exception {
        SourceItem one = item("m-1").conversationId("ab").relatedId("c").build();
        SourceItem two = item("m-1").conversationId("a").relatedId("bc").build();

        assertThat(ItemKey.of("acme", one)).isNotEqualTo(ItemKey.of("acme", two));
    }

    @Test
    @DisplayName("invariant 8: a delivery's key depends on item, mailbox id and folder, and on nothing else")
    void deliveryKeyIsStable() throws Exception {
        ItemKey item = ItemKey.of("acme", item("m-1").build());
        DeliveryKey key = DeliveryKey.of(item, "object-id-1", "Inbox/CellTrust");

        assertThat(DeliveryKey.of(item, "object-id-1", "Inbox/CellTrust")).isEqualTo(key);
        assertThat(DeliveryKey.of(item, "object-id-2", "Inbox/CellTrust")).isNotEqualTo(key);
        assertThat(DeliveryKey.of(item, "object-id-1", "Inbox/Other")).isNotEqualTo(key);
    }

    /** The encoding of docs/identity.md, written a second time. */
    private static final class Recipe {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Recipe text(String text) {
            return field(text.getBytes(StandardCharsets.UTF_8));
        }

        Recipe absent() {
            return count(-1);
        }

        Recipe count(int count) {
            bytes.writeBytes(ByteBuffer.allocate(4).putInt(count).array());
            return this;
        }

        Recipe field(byte[] field) {
            count(field.length);
            bytes.writeBytes(field);
            return this;
        }

        byte[] sha256() throws Exception {
            return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        }
    }
}
