// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mailbox;

import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.io.FolderCheck;
import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.DeliveryOutcome;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.SinkTraits;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Writes messages into Maildir++ mailboxes, as Dovecot, Courier and many others keep them.
 *
 * <p><b>Once.</b> A message is written to {@code tmp}, given its received time, forced, and linked into {@code new} under a
 * name made of its sent time and delivery key, which fails if it is there; then {@code new} is forced. Two processes that
 * deliver the same message leave one, and under its name it is whole or absent whatever fails when. A file that a client
 * has moved to {@code cur} under other flags is known by the key in its name; one that a client has moved to another folder
 * is known by its archive-key header.
 *
 * <p><b>Where.</b> The default layout is {@code <root>/<domain>/<local part>/Maildir} in lower case, every other character
 * escaped as {@code %XX}; a mail store with other paths is served by {@link Builder#layout}. No byte of an address or folder
 * name leads out of the root. The folder {@code Inbox/CellTrust} is {@code .CellTrust} below the Maildir. A mailbox that
 * doesn't exist yet is made. A leftover in {@code tmp} is swept by the mail store after 36 hours, as Maildir has it.
 *
 * <p><b>Owner.</b> Files are made for the owner of this process only: let it run as the mail store's user.
 *
 * <p>May be used by several threads at once.
 */
public final class MaildirSink implements MailboxSink {

    private static final int MAX_FOLDERS_KNOWN = 10_000;
    private static final int MAX_KEYS_KNOWN = 200_000;

    private final Path root;
    private final Storage storage;
    private final Function<? super Mailbox, String> layout;
    private final boolean seen;
    private final SinkTraits traits;
    private final MaildirSearch search;
    private final KnownFolders known = new KnownFolders(MAX_FOLDERS_KNOWN, MAX_KEYS_KNOWN);

    private MaildirSink(Builder builder) {
        root = builder.root.toAbsolutePath().normalize();
        storage = builder.storage;
        layout = builder.layout;
        seen = builder.seen;
        traits = new SinkTraits(builder.maxMessageBytes, Duration.ZERO, 1, builder.batchSize);
        search = new MaildirSearch(storage, builder.headerPrefix + "-Archive-Key");
    }

    /** A sink with all defaults. */
    public static MaildirSink of(Path root) {
        return builder(root).build();
    }

    /** Starts a sink for the mailboxes below this folder. */
    public static Builder builder(Path root) {
        return new Builder(root);
    }

    @Override
    public Receipt deliver(Delivery delivery) throws IOException {
        DeliveryOutcome outcome = deliverAll(List.of(delivery)).get(0);
        if (outcome instanceof DeliveryOutcome.Delivered delivered) {
            return delivered.receipt();
        }
        if (outcome instanceof DeliveryOutcome.NotWritten notWritten) {
            throw notWritten.cause();
        }
        if (outcome instanceof DeliveryOutcome.Unknown unknown && unknown.cause() instanceof IOException cause) {
            throw cause;
        }
        throw new IOException(
                "maildir: unexpected outcome " + outcome.getClass().getSimpleName());
    }

    @Override
    public List<DeliveryOutcome> deliverAll(List<Delivery> oneMailbox) {
        MaildirFolder folder;
        try {
            folder = folder(oneMailbox.get(0));
        } catch (ArchiveException e) {
            return oneMailbox.stream()
                    .map(delivery -> DeliveryOutcome.notWritten(e))
                    .toList();
        }
        return new MaildirBatch(storage, folder, known, seen, oneMailbox).deliver();
    }

    /**
     * Looks by name in the folder, and only if nothing is there reads the headers of all messages in the mailbox whose names
     * don't tell whose they are. What is found is forced first: a process that dies may have linked it just before.
     */
    @Override
    public Lookup find(Delivery delivery) throws IOException {
        MaildirFolder folder = folder(delivery);
        try {
            List<Path> files = folder.filesOf(delivery.key(), storage);
            if (files.isEmpty()) {
                files = search.search(folder.maildir(), delivery);
            }
            if (files.isEmpty()) {
                // A listing may miss a file that a client renames meanwhile.
                files = folder.filesOf(delivery.key(), storage);
            }
            if (files.isEmpty()) {
                requireNoFileInTheWay(folder);
            }
            return answer(delivery, files);
        } catch (IOException e) {
            throw MaildirTrouble.notRead(e);
        }
    }

    /** A file where a folder belongs is listed as nothing, as a folder is that isn't there; but it means that nobody knows. */
    private void requireNoFileInTheWay(MaildirFolder folder) throws IOException {
        Path path = root;
        requireNoFile(path);
        for (Path name : root.relativize(folder.fresh())) {
            path = path.resolve(name);
            requireNoFile(path);
        }
        requireNoFile(folder.seen());
    }

    private void requireNoFile(Path path) throws IOException {
        if (storage.exists(path) && !storage.isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "a file is where a folder belongs");
        }
    }

    private Lookup answer(Delivery delivery, List<Path> files) throws IOException {
        if (files.isEmpty()) {
            return Lookup.absent();
        }
        if (files.size() > 1) {
            return Lookup.several(files.stream().map(MaildirFolder::baseName).toList());
        }
        storage.forceDirectory(Objects.requireNonNull(files.get(0).getParent()));
        return Lookup.found(Receipt.imported(delivery.envelope(), MaildirFolder.baseName(files.get(0))));
    }

    @Override
    public List<Check> preflight() {
        return FolderCheck.of(storage, root, root);
    }

    @Override
    public SinkTraits traits() {
        return traits;
    }

    private MaildirFolder folder(Delivery delivery) {
        try {
            Path maildir = root.resolve(layout.apply(delivery.mailbox())).normalize();
            if (!maildir.startsWith(root) || maildir.equals(root)) {
                throw ArchiveException.hold("maildir: the layout leads out of the root", null);
            }
            return MaildirFolder.of(maildir, MaildirNames.folder(delivery.folder()));
        } catch (InvalidPathException e) {
            throw ArchiveException.hold("maildir: the layout gives no valid path: " + e.getReason(), null);
        }
    }

    /** Collects the options of a {@link MaildirSink}. Not thread-safe. */
    public static final class Builder {
        private final Path root;
        private Storage storage = new DiskStorage();
        private Function<? super Mailbox, String> layout = MaildirNames::standardLayout;
        private String headerPrefix = "X-CellTrust";
        private boolean seen;
        private long maxMessageBytes = Long.MAX_VALUE;
        private int batchSize = 50;

        private Builder(Path root) {
            this.root = Objects.requireNonNull(root, "root");
        }

        /** Default: the disk. */
        public Builder storage(Storage value) {
            storage = Objects.requireNonNull(value, "storage");
            return this;
        }

        /**
         * Where a mailbox's Maildir is, relative to the root, with {@code /} between names. A path that leads out of the root
         * holds the delivery. Default: see {@link MaildirSink}.
         */
        public Builder layout(Function<? super Mailbox, String> value) {
            layout = Objects.requireNonNull(value, "layout");
            return this;
        }

        /** What the archive-key header starts with: {@link ConnectorProfile#headerPrefix()}. Default {@code X-CellTrust}. */
        public Builder headerPrefix(String value) {
            headerPrefix = Objects.requireNonNull(value, "headerPrefix");
            return this;
        }

        /**
         * Whether messages arrive as already read ({@code cur}, flag {@code S}), so that they don't raise unread counters.
         * Not possible on Windows, where no name may hold a colon. Default false.
         */
        public Builder arriveSeen(boolean value) {
            seen = value;
            return this;
        }

        /** The largest message in bytes, at least 1; larger ones are held. Default: no limit. */
        public Builder maxMessageBytes(long value) {
            maxMessageBytes = value;
            return this;
        }

        /** How many messages share one force of their folder, at least 1. Default 50. */
        public Builder batchSize(int value) {
            batchSize = value;
            return this;
        }

        /**
         * The sink.
         *
         * @throws IllegalArgumentException if an option is out of its bounds
         */
        public MaildirSink build() {
            return new MaildirSink(this);
        }
    }
}
