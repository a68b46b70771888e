// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.DeliveryKey;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.SourceItem;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message to deliver.
 *
 * @param item what it was made of
 * @param envelope as the converter made it
 * @param eml as the converter made it
 * @param attachments of the email, without those that were left out
 */
record SinkMessage(SourceItem item, Envelope envelope, Content eml, List<Content> attachments) {

    /** The first attempt for a folder of a mailbox. */
    Delivery to(Mailbox mailbox, String folder) {
        return new Delivery(
                DeliveryKey.of(envelope.key(), mailbox.id(), folder), mailbox, folder, envelope, eml, 1, null);
    }

    /** The same delivery at the next attempt. */
    static Delivery again(Delivery delivery) {
        return again(delivery, null);
    }

    /** The same delivery at the next attempt, which resumes what is half written. */
    static Delivery again(Delivery delivery, @Nullable String incompleteReference) {
        return new Delivery(
                delivery.key(),
                delivery.mailbox(),
                delivery.folder(),
                delivery.envelope(),
                delivery.eml(),
                delivery.attempt() + 1,
                incompleteReference);
    }

    /** The same delivery whose bytes can't be read beyond the first half. */
    static Delivery unreadable(Delivery delivery) {
        Content eml = new FailingContent(delivery.eml(), delivery.eml().size() / 2);
        return new Delivery(
                delivery.key(),
                delivery.mailbox(),
                delivery.folder(),
                delivery.envelope(),
                eml,
                delivery.attempt(),
                null);
    }

    /** Fails unless this is the message, whole. */
    void assertIs(StoredMessage stored, boolean keepsBytes) throws IOException {
        if (keepsBytes) {
            assertNotNull(stored.emlSha256(), "keepsBytes() says that the bytes can be had");
            assertEquals(DigestedContent.of(eml).sha256(), stored.emlSha256(), "SHA-256 of the stored message");
            return;
        }
        assertEquals(envelope.subject(), stored.subject(), "subject of the stored message");
        assertTrue(stored.text().contains(item.text()), "the stored message has the text");
        StoredMessage mine = StoredMessage.ofParts("", "", attachments);
        assertEquals(mine.attachmentSha256(), stored.attachmentSha256(), "SHA-256 of the stored attachments");
    }

    /** Shows no text. */
    @Override
    public String toString() {
        return "SinkMessage[" + envelope + "]";
    }
}
