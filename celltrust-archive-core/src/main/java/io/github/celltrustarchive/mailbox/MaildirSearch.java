// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mailbox;

import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.model.Delivery;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds a message in a whole mailbox, even under another name, by its archive-key header. */
final class MaildirSearch {

    private static final int MAX_HEADER_BYTES = 256 * 1024;

    private final Storage storage;
    private final String header;

    MaildirSearch(Storage storage, String header) {
        this.storage = storage;
        this.header = header.toLowerCase(Locale.ROOT) + ":";
    }

    /** The delivery's files in all folders of a mailbox. */
    List<Path> search(Path maildir, Delivery delivery) throws IOException {
        NoSuchFileException moved = new NoSuchFileException("maildir", null, "a client moves messages while we look");
        for (int round = 0; round < 2; round++) {
            try {
                return searchOnce(maildir, delivery);
            } catch (NoSuchFileException e) {
                moved.addSuppressed(new IOException("round " + round));
            }
        }
        throw moved;
    }

    private List<Path> searchOnce(Path maildir, Delivery delivery) throws IOException {
        List<Path> found = new ArrayList<>();
        for (MaildirFolder folder : folders(maildir)) {
            for (Path file : folder.files(storage)) {
                if (isIt(file, delivery)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private List<MaildirFolder> folders(Path maildir) throws IOException {
        List<MaildirFolder> folders = new ArrayList<>(List.of(MaildirFolder.of(maildir, "")));
        for (Path directory : storage.list(maildir)) {
            String name = String.valueOf(directory.getFileName());
            if (name.startsWith(".") && storage.isDirectory(directory.resolve("cur"))) {
                folders.add(MaildirFolder.of(maildir, name));
            }
        }
        return folders;
    }

    /** A name that still holds a delivery key needn't be opened. */
    private boolean isIt(Path file, Delivery delivery) throws IOException {
        String key = MaildirFolder.keyIn(file);
        return key.isEmpty()
                ? delivery.envelope().key().hex().equals(archiveKey(file))
                : key.equals(delivery.key().hex());
    }

    /** The value of the first archive-key header, or an empty text. */
    private String archiveKey(Path file) throws IOException {
        byte[] start;
        try (InputStream in = storage.open(file, 0)) {
            start = in.readNBytes(MAX_HEADER_BYTES);
        }
        String text = new String(start, StandardCharsets.ISO_8859_1);
        int line = 0;
        while (line < text.length()) {
            int end = text.indexOf('\n', line);
            end = end < 0 ? text.length() : end;
            String content = text.substring(line, end).stripTrailing();
            if (content.isEmpty()) {
                return "";
            }
            if (content.regionMatches(true, 0, header, 0, header.length())) {
                return (content.substring(header.length()) + continuation(text, end + 1)).strip();
            }
            line = end + 1;
        }
        return "";
    }

    /** A folded value (RFC 5322 section 2.2.3) goes on in the next line. */
    private static String continuation(String text, int line) {
        if (line >= text.length() || " \t".indexOf(text.charAt(line)) < 0) {
            return "";
        }
        int end = text.indexOf('\n', line);
        return text.substring(line, end < 0 ? text.length() : end).strip();
    }
}
