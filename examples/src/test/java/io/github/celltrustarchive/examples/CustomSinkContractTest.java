// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.testkit.contract.MailboxSinkContract;
import io.github.celltrustarchive.testkit.contract.StoredFolder;
import io.github.celltrustarchive.testkit.contract.StoredMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The sink that the README shows keeps the rules of sinks. */
class CustomSinkContractTest extends MailboxSinkContract {

    private final Store store = new Store();

    @Override
    protected MailboxSink open() {
        return new CustomSink(store);
    }

    @Override
    protected List<StoredFolder> stored(Mailbox mailbox) throws IOException {
        Map<String, List<StoredMessage>> messages = new TreeMap<>();
        for (Map.Entry<Place, byte[]> mail : store.mails.entrySet()) {
            if (mail.getKey().address().equals(mailbox.primaryAddress())) {
                messages.computeIfAbsent(mail.getKey().folder(), f -> new ArrayList<>())
                        .add(StoredMessage.ofEml(Content.of(mail.getValue())));
            }
        }
        return messages.entrySet().stream()
                .map(folder -> new StoredFolder(folder.getKey(), folder.getValue()))
                .toList();
    }

    @Override
    protected boolean refuseWrites() {
        store.full = true;
        return true;
    }

    @Override
    protected boolean makeUnreachable() {
        store.down = true;
        return true;
    }

    @Override
    protected boolean loseAnswer() {
        store.losingAnswer = true;
        return true;
    }

    private record Place(String address, String folder, String key) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return toString().compareTo(other.toString());
        }
    }

    /** A mail store in memory. */
    private static final class Store implements CustomSink.MailStore {
        private final Map<Place, byte[]> mails = new ConcurrentSkipListMap<>();
        private volatile boolean full;
        private volatile boolean down;
        private volatile boolean losingAnswer;

        @Override
        public void put(String address, String folder, String key, InputStream eml) throws IOException {
            reach();
            if (full) {
                throw new IOException("the mail store is full");
            }
            mails.put(new Place(address, folder, key), eml.readAllBytes());
            if (losingAnswer) {
                throw new IOException("the answer was lost");
            }
        }

        @Override
        public boolean has(String address, String folder, String key) throws IOException {
            reach();
            return mails.containsKey(new Place(address, folder, key));
        }

        private void reach() throws IOException {
            if (down) {
                throw new IOException("the mail store is down");
            }
        }
    }
}
