// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mailbox;

import io.github.celltrustarchive.io.NewFile;
import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.DeliveryKey;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.DeliveryOutcome;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Some messages on their way into one folder: all are written and forced, then all linked, then the folder is forced once.
 * Until its link a message is certainly not there; from then on the outcome is unknown until the folder has been forced.
 */
final class MaildirBatch {

    private static final Logger LOG = LoggerFactory.getLogger(MaildirBatch.class);
    private static final int MAX_TEMPORARY_NAMES = 1000;

    private final Storage storage;
    private final MaildirFolder folder;
    private final KnownFolders known;
    private final boolean seen;
    private final List<Message> messages = new ArrayList<>();
    private @Nullable Map<DeliveryKey, Path> listed;
    private final byte[] buffer = new byte[64 * 1024];

    MaildirBatch(Storage storage, MaildirFolder folder, KnownFolders known, boolean seen, List<Delivery> deliveries) {
        this.storage = storage;
        this.folder = folder;
        this.known = known;
        this.seen = seen;
        deliveries.forEach(delivery -> messages.add(new Message(delivery)));
    }

    List<DeliveryOutcome> deliver() {
        try {
            messages.forEach(this::write);
            messages.forEach(this::link);
            force();
            return messages.stream().map(Message::requireOutcome).toList();
        } finally {
            messages.forEach(this::discard);
        }
    }

    private void write(Message message) {
        try {
            prepareFolder();
            Path earlier = findEarlier(message.delivery);
            if (earlier != null) {
                message.place = earlier;
                message.receipt = Receipt.duplicate(MaildirFolder.baseName(earlier));
            } else {
                writeTemporary(message);
            }
        } catch (IOException e) {
            message.outcome = DeliveryOutcome.notWritten(MaildirTrouble.notWritten(e));
        } catch (ArchiveException e) {
            message.outcome = DeliveryOutcome.notWritten(e);
        } catch (RuntimeException e) {
            message.outcome = DeliveryOutcome.notWritten(ArchiveException.retry(
                    "maildir: the message can't be read: " + e.getClass().getSimpleName(), e));
        }
    }

    private void prepareFolder() throws IOException {
        if (!known.contains(folder.directory())) {
            folder.make(storage);
            listed = folder.byKey(storage);
            known.put(folder.directory(), listed.keySet());
        }
    }

    private @Nullable Path findEarlier(Delivery delivery) throws IOException {
        if (delivery.attempt() == 1 && !known.mayHold(folder.directory(), delivery.key())) {
            return null;
        }
        if (listed == null) {
            listed = folder.byKey(storage);
        }
        return listed.get(delivery.key());
    }

    private void writeTemporary(Message message) throws IOException {
        Delivery delivery = message.delivery;
        try (NewFile file = createTemporary(message)) {
            Path temporary = message.requireTemporary();
            try (InputStream in = delivery.eml().open()) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    file.write(buffer, 0, n);
                }
            }
            if (file.position() != delivery.eml().size()) {
                throw new EOFException("the message has " + file.position() + " bytes, not the "
                        + delivery.eml().size() + " it declares");
            }
            storage.setLastModified(temporary, delivery.envelope().receivedAt());
            file.force();
        }
    }

    private NewFile createTemporary(Message message) throws IOException {
        boolean made = false;
        for (int number = 0; number < MAX_TEMPORARY_NAMES; number++) {
            Path temporary = folder.temporary().resolve(MaildirFolder.baseName(message.delivery) + "." + number);
            try {
                NewFile file = storage.create(temporary);
                message.temporary = temporary;
                return file;
            } catch (FileAlreadyExistsException e) {
                LOG.debug("a temporary file of another attempt is in the way");
            } catch (NoSuchFileException e) {
                if (made) {
                    throw e;
                }
                known.forget(folder.directory()); // somebody deleted the folder
                prepareFolder();
                made = true;
            }
        }
        throw new IOException("too many temporary files of dead attempts: clean the mailbox's tmp folder");
    }

    private void link(Message message) {
        if (message.outcome != null || message.receipt != null) {
            return;
        }
        String base = MaildirFolder.baseName(message.delivery);
        Path name = seen ? folder.seen().resolve(base + ":2,S") : folder.fresh().resolve(base);
        try {
            storage.link(message.requireTemporary(), name);
            message.receipt = Receipt.imported(message.delivery.envelope(), base);
        } catch (FileAlreadyExistsException e) {
            message.receipt = Receipt.duplicate(base);
        } catch (IOException e) {
            message.outcome = DeliveryOutcome.unknown(MaildirTrouble.unknown(e));
        }
        message.place = name;
        known.add(folder.directory(), message.delivery.key());
    }

    /** Also where nothing new was linked: whoever linked it may have died before it forced the folder. */
    private void force() {
        Set<Path> folders = new LinkedHashSet<>();
        messages.stream().filter(m -> m.receipt != null).forEach(m -> folders.add(m.requireFolder()));
        for (Path directory : folders) {
            @Nullable IOException failure = forced(directory);
            for (Message message : messages) {
                if (message.receipt != null && message.requireFolder().equals(directory)) {
                    message.outcome = failure == null
                            ? DeliveryOutcome.delivered(message.receipt)
                            : DeliveryOutcome.unknown(MaildirTrouble.unknown(failure));
                }
            }
        }
    }

    private @Nullable IOException forced(Path directory) {
        try {
            storage.forceDirectory(directory);
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private void discard(Message message) {
        if (message.temporary != null) {
            try {
                storage.delete(message.temporary);
            } catch (IOException e) {
                LOG.debug("a temporary file stays: {}", e.getClass().getSimpleName());
            }
        }
    }

    /** One message and how far it has come. */
    private static final class Message {
        private final Delivery delivery;
        private @Nullable Path temporary;
        private @Nullable Path place;
        private @Nullable Receipt receipt;
        private @Nullable DeliveryOutcome outcome;

        Message(Delivery delivery) {
            this.delivery = delivery;
        }

        Path requireTemporary() {
            return require(temporary);
        }

        Path requireFolder() {
            return require(require(place).getParent());
        }

        DeliveryOutcome requireOutcome() {
            return require(outcome);
        }

        private static <T> T require(@Nullable T value) {
            if (value == null) {
                throw new IllegalStateException("a message skipped a step");
            }
            return value;
        }
    }
}
