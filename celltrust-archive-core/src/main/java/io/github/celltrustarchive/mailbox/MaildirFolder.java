// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mailbox;

import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.DeliveryKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One folder of a Maildir++ mailbox.
 *
 * @param maildir the mailbox's Maildir, which is its inbox
 * @param directory the folder's own directory
 */
record MaildirFolder(Path maildir, Path directory) {

    private static final String SUFFIX = ".celltrust";
    private static final String KEY_MARK = ".Q";
    private static final int KEY_LENGTH = 64;
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /** A folder below a Maildir; the Maildir itself for an empty name. */
    static MaildirFolder of(Path maildir, String name) {
        return new MaildirFolder(maildir, name.isEmpty() ? maildir : maildir.resolve(name));
    }

    Path fresh() {
        return directory.resolve("new");
    }

    Path seen() {
        return directory.resolve("cur");
    }

    Path temporary() {
        return directory.resolve("tmp");
    }

    /** The name a message is delivered under: the same whoever delivers it and however often. */
    static String baseName(Delivery delivery) {
        long seconds = Math.max(0, delivery.envelope().sentAt().getEpochSecond());
        return seconds + KEY_MARK + delivery.key().hex() + SUFFIX;
    }

    /** The delivery key in a file's name, or an empty text if it has none. */
    static String keyIn(Path file) {
        String name = baseName(file);
        int mark = name.indexOf(KEY_MARK);
        int end = mark + KEY_MARK.length() + KEY_LENGTH;
        if (mark < 1 || !name.startsWith(SUFFIX, end)) {
            return "";
        }
        String key = name.substring(mark + KEY_MARK.length(), end);
        return HEX.matcher(key).matches() ? key : "";
    }

    /** A file's name without the flags that clients append. */
    static String baseName(Path file) {
        String name = String.valueOf(file.getFileName());
        int flags = name.indexOf(":2,");
        return flags < 0 ? name : name.substring(0, flags);
    }

    /** Makes the Maildir and this folder; durable on return. */
    void make(Storage storage) throws IOException {
        for (Path directory : directory.equals(maildir) ? List.of(maildir) : List.of(maildir, directory)) {
            storage.createDirectories(directory.resolve("tmp"));
            storage.createDirectories(directory.resolve("new"));
            storage.createDirectories(directory.resolve("cur"));
        }
        Path mark = directory.resolve("maildirfolder");
        if (!directory.equals(maildir) && !storage.exists(mark)) {
            try {
                storage.create(mark).close();
            } catch (FileAlreadyExistsException e) {
                return; // somebody else made it just now
            }
        }
    }

    /** All messages. Reads {@code new} before {@code cur}, so that one that a client moves meanwhile isn't overlooked. */
    List<Path> files(Storage storage) throws IOException {
        List<Path> files = new ArrayList<>(storage.list(fresh()));
        files.addAll(storage.list(seen()));
        return files;
    }

    /** The deliveries that lie here, as far as the names tell, each with one of its files. */
    Map<DeliveryKey, Path> byKey(Storage storage) throws IOException {
        Map<DeliveryKey, Path> deliveries = new HashMap<>();
        for (Path file : files(storage)) {
            String key = keyIn(file);
            if (!key.isEmpty()) {
                deliveries.put(new DeliveryKey(key), file);
            }
        }
        return deliveries;
    }

    /** The files of a delivery in this folder, whatever their flags. */
    List<Path> filesOf(DeliveryKey key, Storage storage) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path file : files(storage)) {
            if (keyIn(file).equals(key.hex())) {
                files.add(file);
            }
        }
        return files.size() < 2 ? files : stillThere(files, storage);
    }

    /** A file that a client renames while we look is listed under both names. */
    private static List<Path> stillThere(List<Path> files, Storage storage) throws IOException {
        List<Path> there = new ArrayList<>();
        for (Path file : files) {
            if (storage.exists(file)) {
                there.add(file);
            }
        }
        if (there.isEmpty()) {
            throw new NoSuchFileException("maildir", null, "a client moves messages while we look");
        }
        return there;
    }
}
