// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.io.NewFile;
import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.mailbox.MaildirSink;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.testkit.contract.MailboxSinkContract;
import io.github.celltrustarchive.testkit.contract.StoredFolder;
import io.github.celltrustarchive.testkit.contract.StoredMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Maildirs keep the rules of sinks, on a disk of a kind. They are read by listing files. */
abstract class MaildirContract extends MailboxSinkContract {

    private static final Pattern SHIFTED = Pattern.compile("&([A-Za-z0-9+,]*)-"); // RFC 3501 section 5.1.3

    /** The disk, the same throughout a test. */
    abstract Storage storage();

    /** Where the mailboxes lie. */
    abstract Path root();

    @Override
    protected MailboxSink open() {
        return MaildirSink.builder(root()).storage(storage()).build();
    }

    @Override
    protected List<StoredFolder> stored(Mailbox mailbox) throws IOException {
        List<StoredFolder> folders = new ArrayList<>();
        Path maildir = maildir(mailbox);
        if (storage().isDirectory(maildir)) {
            folders.add(read("Inbox", maildir));
            for (Path below : storage().list(maildir)) {
                String name = below.getFileName().toString();
                if (name.startsWith(".")) {
                    folders.add(read("Inbox" + path(name), below));
                }
            }
        }
        return folders;
    }

    private static String path(String name) {
        return SHIFTED.matcher(name.replace('.', '/'))
                .replaceAll(run -> Matcher.quoteReplacement(decoded(run.group(1))));
    }

    private static String decoded(String base64) {
        byte[] utf16 = Base64.getDecoder().decode(base64.replace(',', '/'));
        return base64.isEmpty() ? "&" : new String(utf16, StandardCharsets.UTF_16BE);
    }

    private StoredFolder read(String path, Path directory) throws IOException {
        List<StoredMessage> messages = new ArrayList<>();
        for (Path file : files(directory)) {
            messages.add(StoredMessage.ofEml(Content.of(read(file))));
        }
        return new StoredFolder(path, messages);
    }

    /** The client gives it a name of its own, as Dovecot does. */
    @Override
    protected boolean moveByOwner(Delivery delivery, String folder) throws IOException {
        Path target = maildir(delivery.mailbox()).resolve("." + folder);
        storage().createDirectories(target.resolve("new"));
        storage().createDirectories(target.resolve("cur"));
        Path file = file(delivery);
        storage().link(file, target.resolve("cur").resolve("1700000000.M1P2.host,S=123:2,S"));
        storage().delete(file);
        return true;
    }

    @Override
    protected boolean addCopy(Delivery delivery) throws IOException {
        Path file = file(delivery);
        Path copy = directory(delivery.mailbox()).resolve("cur").resolve(file.getFileName() + ":2,S");
        try (NewFile out = storage().create(copy)) {
            out.write(read(file));
        }
        return true;
    }

    /** The folder that messages are delivered to. */
    final Path directory(Mailbox mailbox) {
        return maildir(mailbox).resolve(".CellTrust");
    }

    private Path maildir(Mailbox mailbox) {
        String[] address = mailbox.primaryAddress().split("@", 2);
        return root().resolve(address[1]).resolve(address[0]).resolve("Maildir");
    }

    private Path file(Delivery delivery) throws IOException {
        return files(directory(delivery.mailbox())).stream()
                .filter(file -> file.toString().contains(delivery.key().hex()))
                .findFirst()
                .orElseThrow();
    }

    private List<Path> files(Path directory) throws IOException {
        List<Path> files = new ArrayList<>(storage().list(directory.resolve("new")));
        files.addAll(storage().list(directory.resolve("cur")));
        return files;
    }

    private byte[] read(Path file) throws IOException {
        try (InputStream in = storage().open(file, 0)) {
            return in.readAllBytes();
        }
    }
}
