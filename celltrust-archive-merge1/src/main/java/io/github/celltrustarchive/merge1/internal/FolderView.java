// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a look at the folder found: the emails that are complete, those that wait, and what is wrong. Not thread-safe. */
final class FolderView {

    private static final int MAX_PROBLEMS = 20;
    private static final int MAX_EMPTY_FOLDERS = 10_000;

    private final DropListing emails = new DropListing();
    private final Map<String, String> digests = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<Path> emptyFolders = new ArrayList<>();
    private int problemCount;
    private int waiting;
    private int overdue;
    private int links;

    void email(String relative, long size, long time) {
        emails.add(relative, size, time);
    }

    /** The SHA-256 that a manifest says an email has. */
    void digest(String relative, String sha256) {
        digests.put(relative, sha256);
    }

    @Nullable
    String digest(String relative) {
        return digests.get(relative);
    }

    /** A folder in the drop folder has no emails and no folders in it. */
    void empty(Path folder) {
        if (emptyFolders.size() < MAX_EMPTY_FOLDERS) {
            emptyFolders.add(folder);
        }
    }

    List<Path> emptyFolders() {
        return emptyFolders;
    }

    /** @param overdue whether it hasn't changed for so long that somebody should ask why */
    void waits(boolean overdue) {
        waiting++;
        this.overdue += overdue ? 1 : 0;
    }

    void link() {
        links++;
    }

    /** @param problem what is wrong and what to do; no name of a file */
    void problem(String problem) {
        problemCount++;
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(problem);
        }
    }

    DropListing emails() {
        return emails;
    }

    int waiting() {
        return waiting;
    }

    int overdue() {
        return overdue;
    }

    int links() {
        return links;
    }

    List<String> problems() {
        if (problemCount <= problems.size()) {
            return List.copyOf(problems);
        }
        List<String> all = new ArrayList<>(problems);
        all.add((problemCount - problems.size()) + " more problems of the kind");
        return all;
    }
}
