// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** Tells whether a message is in its mailbox, and whole. Writes nothing. May be used by several threads at once. */
final class GraphLookup {

    private final MessageWriting writing;
    private final MessageSearch search;
    private final MessageCompletion completion;
    private final Clock clock;

    GraphLookup(MessageWriting writing, MessageSearch search, MessageCompletion completion, Clock clock) {
        this.writing = writing;
        this.search = search;
        this.completion = completion;
        this.clock = clock;
    }

    /** As {@link io.github.celltrustarchive.spi.MailboxSink#find}. */
    Lookup find(Delivery delivery) throws IOException, InterruptedException {
        try {
            List<String> ids = search.find(delivery);
            if (ids.isEmpty()) {
                return Lookup.absent();
            }
            if (ids.size() > 1) {
                return Lookup.several(ids);
            }
            return isWhole(delivery, new MessagePlace(delivery.mailbox().id(), ids.get(0)))
                    ? Lookup.found(Receipt.imported(delivery.envelope(), ids.get(0)))
                    : Lookup.incomplete(ids.get(0));
        } catch (GraphException e) {
            throw e.orCertainly(clock);
        }
    }

    /** A state says what its writer believed; the attachments are looked at all the same. */
    private boolean isWhole(Delivery delivery, MessagePlace place) throws IOException, InterruptedException {
        JsonNode found = search.get(place)
                .orElseThrow(() -> new IOException("a message that was found is gone while it is looked at"));
        MessageForm form = MessageForm.of(found);
        if (!MessageForm.isComplete(found) || form == MessageForm.MIME) {
            return MessageForm.isComplete(found);
        }
        try (GraphMessage message = writing.messages(form).make(delivery)) {
            // what can't be told was changed by the mailbox's owner after it was whole
            return completion.missing(place, message).map(List::isEmpty).orElse(true);
        }
    }
}
