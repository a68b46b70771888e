// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.IncompleteDeliveryException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads the first message back that is written into a mailbox, and again once a day: what a message is found again by must have
 * survived, or an unknown outcome would end in a second copy. May be used by several threads at once.
 */
final class ReadBack {

    private static final int MAX_KNOWN = 10_000;
    private static final Duration GOOD_FOR = Duration.ofDays(1);

    private final GraphCalls calls;
    private final ExpiringCache<String, Boolean> good;

    ReadBack(GraphCalls calls, Clock clock) {
        this.calls = calls;
        this.good = new ExpiringCache<>(MAX_KNOWN, clock);
    }

    /**
     * Looks at a message that was just created, if it is the first in its mailbox. Trouble in reading it is no failure: the next one
     * is read instead.
     *
     * @param form only what was created from JSON bears its archive key from the beginning
     * @throws IncompleteDeliveryException with remedy {@code STOP} if something was changed
     */
    void check(Delivery delivery, MessagePlace place, GraphMessage message, MessageForm form, Patience patience)
            throws IncompleteDeliveryException, InterruptedException {
        if (good.get(place.mailbox()).isPresent()) {
            return;
        }
        JsonNode found;
        try {
            found = MessageSearch.itself(place, patience.callNewMessage(calls, MessageSearch.marks(place)));
        } catch (IOException | ArchiveException e) {
            return;
        }
        requireUnchanged(delivery, place, message, found, form != MessageForm.MIME);
        good.put(place.mailbox(), true, GOOD_FOR);
    }

    /**
     * Ends the run if a message isn't what was written.
     *
     * @param found the message with its marks
     * @param keyed whether it must bear its archive key
     * @throws IncompleteDeliveryException with remedy {@code STOP} if something was changed
     */
    static void requireUnchanged(
            Delivery delivery, MessagePlace place, GraphMessage message, JsonNode found, boolean keyed)
            throws IncompleteDeliveryException {
        Optional<String> change = change(delivery, found, message.json().path("internetMessageId"), keyed);
        if (change.isPresent()) {
            throw new IncompleteDeliveryException(
                    place.id(),
                    ArchiveException.Remedy.STOP,
                    "Exchange changed a message while it was written: " + change.get()
                            + ". Nothing more is written, because messages might not be found again; report it with the "
                            + "reference of this delivery",
                    null);
        }
    }

    private static Optional<String> change(Delivery delivery, JsonNode found, JsonNode messageId, boolean keyed) {
        if (messageId.isTextual()
                && !messageId.asText().equals(found.path("internetMessageId").asText(""))) {
            return Optional.of("it has another Message-ID");
        }
        if (keyed
                && GraphJson.property(found, ArchiveProperties.KEY)
                        .filter(ArchiveProperties.key(delivery)::equals)
                        .isEmpty()) {
            return Optional.of("it has lost its archive key");
        }
        return found.path("isDraft").asBoolean(false) ? Optional.of("it is a draft") : Optional.empty();
    }
}
