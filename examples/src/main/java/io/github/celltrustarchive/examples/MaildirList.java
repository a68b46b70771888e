// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The first few of the archive's Maildirs, for a person at the screen. */
record MaildirList(Path mail) {

    private static final int SHOWN = 5;
    private static final String MAILDIR = "Maildir";

    void print(PrintWriter screen) throws IOException {
        List<Path> maildirs = maildirs();
        if (maildirs.isEmpty()) {
            return;
        }
        screen.println();
        screen.println("Mailboxes" + (maildirs.size() > SHOWN ? " (the first " + SHOWN + ")" : ""));
        for (Path maildir : maildirs.subList(0, Math.min(SHOWN, maildirs.size()))) {
            screen.printf("  %6d messages in %s%n", messages(maildir), maildir);
        }
        screen.println("Open one with");
        screen.println("  neomutt -f " + maildirs.get(0));
    }

    /** The folders CellTrust of the mailboxes below {@code mail/<domain>/<local part>}. */
    private List<Path> maildirs() throws IOException {
        if (!Files.isDirectory(mail)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.find(
                mail,
                4,
                (path, attributes) -> path.endsWith(Path.of(MAILDIR, ".CellTrust")) && attributes.isDirectory())) {
            return folders.sorted().limit(SHOWN + 1L).toList();
        }
    }

    private static long messages(Path maildir) throws IOException {
        long messages = 0;
        for (String folder : List.of("new", "cur")) {
            if (Files.isDirectory(maildir.resolve(folder))) {
                try (Stream<Path> files = Files.list(maildir.resolve(folder))) {
                    messages += files.count();
                }
            }
        }
        return messages;
    }
}
