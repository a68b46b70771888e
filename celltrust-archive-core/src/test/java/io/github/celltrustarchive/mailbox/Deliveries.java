// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mailbox;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.DeliveryKey;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Mailbox;
import java.time.Instant;
import java.util.List;

/** Deliveries to test with. */
final class Deliveries {

    static final Instant SENT = Instant.parse("2021-03-04T05:06:07Z");
    static final Instant RECEIVED = Instant.parse("2021-03-04T05:06:09Z");
    static final String FOLDER = "Inbox/CellTrust";
    static final Mailbox ANN = new Mailbox("id-ann", "Ann.Lee@Example.com");

    private Deliveries() {}

    static Delivery of(int item) {
        return of(item, ANN, FOLDER);
    }

    static Delivery of(int item, Mailbox mailbox, String folder) {
        ItemKey key = new ItemKey(String.format("%064x", 0xabc000L + item));
        Envelope envelope = new Envelope(
                key,
                "source-" + item,
                "<" + item + "@sms.celltrust.invalid>",
                "SMS",
                "SMS",
                Direction.UNKNOWN,
                null,
                SENT,
                RECEIVED,
                List.of(),
                List.of());
        return new Delivery(
                DeliveryKey.of(key, mailbox.id(), folder),
                mailbox,
                folder,
                envelope,
                Content.ofUtf8(text(key, item)),
                1,
                null);
    }

    static Delivery again(Delivery delivery) {
        return new Delivery(
                delivery.key(),
                delivery.mailbox(),
                delivery.folder(),
                delivery.envelope(),
                delivery.eml(),
                delivery.attempt() + 1,
                null);
    }

    static Delivery withEml(Delivery delivery, Content eml) {
        return new Delivery(
                delivery.key(),
                delivery.mailbox(),
                delivery.folder(),
                delivery.envelope(),
                eml,
                delivery.attempt(),
                null);
    }

    static String text(ItemKey key, int item) {
        return "From: \"a\" <a@example.com>\r\nSubject: SMS " + item + "\r\nX-CellTrust-Archive-Key:\r\n " + key.hex()
                + "\r\n\r\nHello " + item + "\r\n";
    }
}
