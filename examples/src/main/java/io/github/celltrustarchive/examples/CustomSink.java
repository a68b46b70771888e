// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.MailboxSink;
import java.io.IOException;
import java.io.InputStream;

/** A sink of one's own: a mail store that keeps each message under a key which the caller chooses. */
final class CustomSink implements MailboxSink {

    /** What the mail store offers. */
    interface MailStore {
        void put(String address, String folder, String key, InputStream eml) throws IOException;

        boolean has(String address, String folder, String key) throws IOException;
    }

    private final MailStore store;

    CustomSink(MailStore store) {
        this.store = store;
    }

    // README begin
    @Override
    public Receipt deliver(Delivery delivery) throws IOException {
        String key = delivery.key().hex(); // the same at every attempt
        try (InputStream eml = delivery.eml().open()) {
            store.put(delivery.mailbox().primaryAddress(), delivery.folder(), key, eml);
        }
        return Receipt.imported(delivery.envelope(), key);
    }

    @Override
    public Lookup find(Delivery delivery) throws IOException {
        String key = delivery.key().hex();
        return store.has(delivery.mailbox().primaryAddress(), delivery.folder(), key)
                ? Lookup.found(Receipt.imported(delivery.envelope(), key))
                : Lookup.absent();
    }
    // README end
}
