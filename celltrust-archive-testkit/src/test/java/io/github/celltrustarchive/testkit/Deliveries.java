// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

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

    static final Instant RECEIVED = Instant.parse("2021-03-04T05:06:09Z");
    static final Mailbox ANN = new Mailbox("id-ann", "ann@example.com");

    private Deliveries() {}

    static Delivery of(int item) {
        return of(item, 1, null);
    }

    static Delivery of(int item, int attempt, String incompleteReference) {
        ItemKey key = new ItemKey(String.format("%064x", 0xabc000L + item));
        Envelope envelope = new Envelope(
                key,
                "source-" + item,
                null,
                "SMS",
                "SMS",
                Direction.UNKNOWN,
                null,
                RECEIVED.minusSeconds(2),
                RECEIVED,
                List.of(),
                List.of());
        String folder = "Inbox/CellTrust";
        return new Delivery(
                DeliveryKey.of(key, ANN.id(), folder),
                ANN,
                folder,
                envelope,
                Content.ofUtf8(text(item)),
                attempt,
                incompleteReference);
    }

    static String text(int item) {
        return "Subject: SMS " + item + "\r\n\r\n" + "Hello. ".repeat(20);
    }
}
