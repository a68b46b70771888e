// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a folder and the folders in it for emails. Symbolic links are never followed, names that begin with a dot are
 * passed over, and what another server calls a file must lie where it was found. Not thread-safe.
 */
final class FolderScan {

    static final String DONE = ".done-";
    private static final int MAX_DEPTH = 16;

    private record Candidate(String name, long size, long time) {}

    private final DropOptions options;
    private final Settling settling;
    private FolderView view = new FolderView();

    FolderScan(DropOptions options) {
        this.options = options;
        this.settling = new Settling(options.clock(), options.quiet());
    }

    /**
     * Looks at everything.
     *
     * @throws IOException if the folder itself can't be read
     */
    FolderView look() throws IOException, InterruptedException {
        view = new FolderView();
        settling.begin();
        requireFolder();
        folder(options.folder(), "", 0);
        view.emails().sorted();
        return view;
    }

    /**
     * Makes sure that the folder can be reached.
     *
     * @throws IOException if it can't, with the reason
     */
    void requireFolder() throws IOException {
        try {
            if (Files.readAttributes(options.folder(), BasicFileAttributes.class)
                    .isDirectory()) {
                return;
            }
        } catch (NoSuchFileException e) {
            // reported below
        } catch (UncheckedIOException e) { // as some file systems' paths throw
            throw unreachable(Interrupts.unwrapped(e));
        } catch (IOException e) {
            throw unreachable(e);
        }
        throw new IOException("the drop folder isn't there, or isn't a folder: mount or create it");
    }

    private static IOException unreachable(IOException e) {
        return new IOException("the drop folder can't be reached: " + e, e);
    }

    /**
     * Makes sure that an exception is about the file it comes from, and neither an interrupt nor a broken connection.
     *
     * @throws IOException if it is one of these
     */
    void requireWork(IOException e) throws IOException {
        if (Interrupts.caused(e)) {
            throw e;
        }
        if (options.isElsewhere()) {
            requireFolder();
        }
    }

    private void folder(Path folder, String relative, int depth) throws IOException, InterruptedException {
        List<Candidate> emails = new ArrayList<>();
        Set<String> markers = new HashSet<>();
        List<Candidate> manifests = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        boolean listed = false;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while reading");
                }
                entry(folder, relative, entry, emails, markers, manifests, folders);
            }
            listed = true;
        } catch (NoSuchFileException e) {
            if (depth == 0) {
                throw new IOException("the drop folder has gone away: mount or create it");
            }
            return; // tidied away meanwhile
        } catch (DirectoryIteratorException e) {
            unreadable(depth, relative, Interrupts.unwrapped(e));
        } catch (IOException e) {
            unreadable(depth, relative, e);
        }
        if (listed && depth > 0 && emails.isEmpty() && folders.isEmpty()) {
            view.empty(folder);
        }
        choose(folder, relative, emails, markers, manifests);
        emails.clear();
        for (String name : folders) {
            if (depth == MAX_DEPTH) {
                view.problem("a folder lies deeper than " + MAX_DEPTH + " levels: raise it");
            } else {
                folder(folder.resolve(name), relative + name + "/", depth + 1);
            }
        }
    }

    private void unreadable(int depth, String relative, IOException e) throws IOException {
        String what = "can't be listed (" + e.getClass().getSimpleName() + "): let the user of this process read it";
        requireWork(e);
        if (depth == 0) {
            throw new IOException("the drop folder " + what);
        }
        view.problem("the folder " + DropFile.locator(relative) + " " + what);
    }

    private void entry(
            Path folder,
            String relative,
            Path entry,
            List<Candidate> emails,
            Set<String> markers,
            List<Candidate> manifests,
            List<String> folders)
            throws IOException {
        Path fileName = entry.getFileName();
        String name = fileName == null ? "" : fileName.toString();
        if (name.startsWith(".") || name.isEmpty()) {
            return;
        }
        if (!folder.resolve(name).equals(entry) || !isKept(name)) {
            view.problem("a name in " + DropFile.locator(relative) + " can't be expressed in this process's charset:"
                    + " rename the file, or run with a UTF-8 locale");
            return;
        }
        EntryState state;
        try {
            state = EntryState.of(entry);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            requireWork(e);
            view.problem(DropFile.locator(relative + name) + " can't be looked at ("
                    + e.getClass().getSimpleName() + "): let the user of this process read it");
            return;
        }
        Candidate candidate = new Candidate(name, state.size(), state.time());
        if (state.isLink()) {
            view.link();
        } else if (state.isFolder()) {
            if (!isArchive(entry, name)) {
                folders.add(name);
            }
        } else if (state.isFile() && name.toLowerCase(Locale.ROOT).endsWith(".eml")) {
            emails.add(candidate);
        } else if (options.marker() != null && name.endsWith(options.marker())) {
            markers.add(name);
        } else if (isManifest(name)) {
            manifests.add(candidate);
        }
    }

    /** A folder may be reached by several paths: through a link to the drop folder, or where case doesn't matter. */
    private boolean isArchive(Path entry, String name) throws IOException {
        Path archived = options.archived();
        if (archived == null || entry.equals(archived)) {
            return archived != null;
        }
        boolean alike = name.equalsIgnoreCase(String.valueOf(archived.getFileName()));
        try {
            return alike && Files.isSameFile(entry, archived);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static boolean isKept(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return name.indexOf('/') < 0 && new String(bytes, StandardCharsets.UTF_8).equals(name);
    }

    private boolean isManifest(String name) {
        String manifest = options.manifest();
        return manifest != null && (name.equals(manifest) || name.startsWith(manifest + DONE));
    }

    private void choose(
            Path folder, String relative, List<Candidate> emails, Set<String> markers, List<Candidate> manifests)
            throws IOException {
        if (options.manifest() != null) {
            new ManifestGate(relative, emails).choose(folder, manifests);
            return;
        }
        for (Candidate email : emails) {
            String path = relative + email.name();
            boolean complete = options.marker() == null
                    ? settling.isSettled(path, email.size(), email.time())
                    : markers.contains(email.name() + options.marker());
            if (complete) {
                view.email(path, email.size(), email.time());
            } else {
                keepWaiting(List.of(email));
            }
        }
    }

    private void keepWaiting(Collection<Candidate> emails) {
        emails.forEach(email -> view.waits(settling.isOverdue(email.time())));
    }

    /** Lets the emails of one folder pass when they are what its manifest says. */
    private final class ManifestGate {
        private final String relative;
        private final Map<String, Candidate> emails = new HashMap<>();

        ManifestGate(String relative, List<Candidate> candidates) {
            this.relative = relative;
            candidates.forEach(email -> emails.put(email.name(), email));
        }

        void choose(Path folder, List<Candidate> manifests) throws IOException {
            for (Candidate file : manifests) {
                Manifest manifest = read(folder, file);
                boolean done = file.name().length()
                        > String.valueOf(options.manifest()).length();
                if (manifest == null || !(done || isComplete(file, manifest))) {
                    keepWaiting(emails.values());
                    return;
                }
                manifest.files().forEach(this::pass);
            }
            keepWaiting(emails.values()); // another manifest will name them
        }

        private void pass(String name, Manifest.Entry entry) {
            Candidate email = emails.get(name);
            if (email != null && email.size() == entry.size()) {
                emails.remove(name);
                String path = relative + name;
                view.email(path, email.size(), email.time());
                view.digest(path, entry.sha256());
            }
        }

        private @Nullable Manifest read(Path folder, Candidate file) throws IOException {
            try (InputStream in = DropFile.open(folder.resolve(file.name()))) {
                return Manifest.read(in);
            } catch (NoSuchFileException e) {
                return null;
            } catch (Manifest.InvalidException e) {
                if (settling.isSettled(relative + file.name(), file.size(), file.time())) {
                    unreadable(e.getMessage() + ": correct it");
                }
                return null;
            } catch (IOException e) {
                requireWork(e);
                unreadable(e.getClass().getSimpleName() + ": let the user of this process read it");
                return null;
            }
        }

        private void unreadable(String why) {
            view.problem("the manifest of folder " + DropFile.locator(relative) + " can't be read: " + why);
        }

        private boolean isComplete(Candidate file, Manifest manifest) {
            long missing = manifest.files().keySet().stream()
                    .filter(name -> !emails.containsKey(name))
                    .count();
            long other = manifest.files().entrySet().stream()
                    .filter(entry -> {
                        Candidate email = emails.get(entry.getKey());
                        return email != null && email.size() != entry.getValue().size();
                    })
                    .count();
            if (missing + other > 0 && settling.isSettled(relative + file.name(), file.size(), file.time())) {
                view.problem("of the " + manifest.files().size() + " files in the manifest of folder "
                        + DropFile.locator(relative) + ", " + missing + " are missing and " + other
                        + " have another size: deliver them again");
            }
            return missing + other == 0;
        }
    }
}
