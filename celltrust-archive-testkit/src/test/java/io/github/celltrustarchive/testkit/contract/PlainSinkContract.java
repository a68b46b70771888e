// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.testkit.contract.PlainMailStore.Kept;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A sink on a plain store, with every hook there is. */
abstract class PlainSinkContract extends MailboxSinkContract {

    final PlainMailStore store = new PlainMailStore();

    @Override
    protected MailboxSink open() {
        return new PlainSink(store);
    }

    @Override
    protected List<StoredFolder> stored(Mailbox mailbox) throws IOException {
        List<StoredFolder> folders = new ArrayList<>();
        for (Map.Entry<String, List<Kept>> folder : store.folders(mailbox.id()).entrySet()) {
            List<StoredMessage> messages = new ArrayList<>();
            for (Kept message : folder.getValue()) {
                messages.add(seen(message));
            }
            folders.add(new StoredFolder(folder.getKey().replaceAll("#.*", ""), messages));
        }
        return folders;
    }

    /** What a reader sees of a message. */
    StoredMessage seen(Kept message) throws IOException {
        return StoredMessage.ofEml(message.eml());
    }

    /** This contract is run for every broken sink: larger would take long. */
    @Override
    protected int largeBytes() {
        return 300_000;
    }

    @Override
    protected void letTimePass(Duration time) {
        store.clock.advance(time);
    }

    @Override
    protected boolean moveByOwner(Delivery delivery, String folder) {
        List<Kept> from = store.folder(delivery.mailbox().id(), delivery.folder());
        Kept message = from.stream()
                .filter(m -> m.delivery().key().equals(delivery.key()))
                .findFirst()
                .orElseThrow();
        from.remove(message);
        store.folder(delivery.mailbox().id(), folder).add(message);
        return true;
    }

    @Override
    protected boolean addCopy(Delivery delivery) {
        store.add(new Kept(delivery, delivery.eml(), store.nextReference(), true));
        return true;
    }

    @Override
    protected boolean refuseWrites() {
        store.refusing = true;
        return true;
    }

    @Override
    protected boolean loseAnswer() {
        store.losingAnswer = true;
        return true;
    }

    @Override
    protected boolean breakHalfWay() {
        store.breaking = true;
        return true;
    }

    @Override
    protected boolean makeUnreachable() {
        store.unreachable = true;
        return true;
    }

    @Override
    protected Optional<Mailbox> missingMailbox() {
        return Optional.of(new Mailbox(PlainMailStore.MISSING, PlainMailStore.MISSING));
    }
}
