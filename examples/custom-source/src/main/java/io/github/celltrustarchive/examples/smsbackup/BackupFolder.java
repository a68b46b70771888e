// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples.smsbackup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The backups of one phone: a file, or all {@code *.xml} in a folder but the call logs that the app puts beside them. */
final class BackupFolder {

    private final Path path;
    private final String owner;
    private Map<String, BackupFile> known = Map.of();

    BackupFolder(Path path, String owner) {
        this.path = path;
        this.owner = owner;
    }

    /** The files that are there now, the one that was read in part first, then the oldest first. */
    List<BackupFile> files(Progress progress) throws IOException {
        Map<String, BackupFile> present = new HashMap<>();
        for (Path file : paths()) {
            BackupFile backup = new BackupFile(file, owner);
            present.put(backup.fingerprint(), known.getOrDefault(backup.fingerprint(), backup));
        }
        known = present;
        List<BackupFile> files = new ArrayList<>(present.values());
        files.sort(Comparator.comparing((BackupFile file) -> !progress.isInPart(file.fingerprint()))
                .thenComparing(BackupFile::modified)
                .thenComparing(BackupFile::name));
        return files;
    }

    private List<Path> paths() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> inside = Files.list(path)) {
            return inside.filter(BackupFolder::isBackup).toList();
        }
    }

    private static boolean isBackup(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".xml") && !name.startsWith("calls") && Files.isRegularFile(file);
    }
}
