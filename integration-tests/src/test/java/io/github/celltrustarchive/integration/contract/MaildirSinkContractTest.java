// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.mailbox.MaildirSink;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.testkit.contract.MailboxSinkContract;
import io.github.celltrustarchive.testkit.contract.StoredFolder;
import io.github.celltrustarchive.testkit.contract.StoredMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Maildirs keep the rules of sinks. They are read by listing files. */
class MaildirSinkContractTest extends MailboxSinkContract {

    @TempDir
    Path folder;

    @Override
    protected MailboxSink open() {
        return MaildirSink.of(root());
    }

    @Override
    protected List<StoredFolder> stored(Mailbox mailbox) throws IOException {
        List<StoredFolder> folders = new ArrayList<>();
        Path maildir = maildir(mailbox);
        if (Files.exists(maildir)) {
            folders.add(read("Inbox", maildir));
            for (Path below : list(maildir)) {
                String name = below.getFileName().toString();
                if (name.startsWith(".")) {
                    folders.add(read("Inbox" + name.replace('.', '/'), below));
                }
            }
        }
        return folders;
    }

    private static StoredFolder read(String path, Path directory) throws IOException {
        List<StoredMessage> messages = new ArrayList<>();
        for (Path file : files(directory)) {
            messages.add(StoredMessage.ofEml(Content.of(file)));
        }
        return new StoredFolder(path, messages);
    }

    /** The client gives it a name of its own, as Dovecot does. */
    @Override
    protected boolean moveByOwner(Delivery delivery, String to) throws IOException {
        Path target = Files.createDirectories(
                maildir(delivery.mailbox()).resolve("." + to.replace("Inbox/", "")).resolve("cur"));
        Files.createDirectories(target.resolveSibling("new"));
        Files.move(file(delivery), target.resolve("1700000000.M1P2.host,S=123:2,S"));
        return true;
    }

    @Override
    protected boolean addCopy(Delivery delivery) throws IOException {
        Path file = file(delivery);
        Files.copy(file, file.resolveSibling(Path.of("..", "cur", file.getFileName() + ":2,S")));
        return true;
    }

    /** Where new messages would be linked, a file is in the way. */
    @Override
    protected boolean refuseWrites() throws IOException {
        Path temporary = celltrust(irene()).resolve("tmp");
        Files.delete(temporary);
        Files.writeString(temporary, "a file is in the way");
        return true;
    }

    /** Where the mailboxes were, there is a file. */
    @Override
    protected boolean makeUnreachable() throws IOException {
        if (Files.exists(root())) {
            Files.move(root(), folder.resolve("away"));
        }
        Files.writeString(root(), "a file is in the way");
        return true;
    }

    private Path root() {
        return folder.resolve("mail");
    }

    private Path maildir(Mailbox mailbox) {
        String[] address = mailbox.primaryAddress().split("@");
        return root().resolve(address[1]).resolve(address[0]).resolve("Maildir");
    }

    private Path celltrust(Mailbox mailbox) {
        return maildir(mailbox).resolve(".CellTrust");
    }

    private Mailbox irene() {
        return new Mailbox("irene.ibis@contract.example", "irene.ibis@contract.example");
    }

    private Path file(Delivery delivery) throws IOException {
        return files(celltrust(delivery.mailbox())).stream()
                .filter(file -> file.toString().contains(delivery.key().hex()))
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> files(Path directory) throws IOException {
        List<Path> files = new ArrayList<>(list(directory.resolve("new")));
        files.addAll(list(directory.resolve("cur")));
        return files;
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }
}
