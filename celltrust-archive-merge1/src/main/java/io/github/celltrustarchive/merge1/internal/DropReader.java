// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.merge1.Merge1EmlParser;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a folder page by page. One look at the folder serves as many pages as it can: until the pipeline goes on from another
 * checkpoint than the last page's, or nothing of it is left. Used by one thread at a time.
 */
public final class DropReader {

    private static final Logger LOG = LoggerFactory.getLogger(DropReader.class);

    private final DropOptions options;
    private final FolderScan scan;
    private final Afterwards afterwards;
    private @Nullable Look look;

    /** One look, and how far its emails have come. */
    private static final class Look {
        final FolderView view;
        final BitSet seen;
        final BitSet gone;
        Checkpoint reached;
        int position;

        Look(FolderView view, Checkpoint after) {
            this.view = view;
            DropListing emails = view.emails();
            this.seen = SeenFiles.in(emails, after);
            this.gone = new BitSet(emails.count());
            this.reached = after;
        }

        /** The next email that wasn't read, or -1. */
        int next() {
            int next = seen.nextClearBit(position);
            return next < view.emails().count() ? next : -1;
        }
    }

    /** @param options what was chosen */
    public DropReader(DropOptions options) {
        this.options = options;
        this.scan = new FolderScan(options);
        this.afterwards = new Afterwards(options);
    }

    /** One page, as the SPI says. */
    public SourcePage read(Checkpoint after, int maxRecords) throws IOException, InterruptedException {
        Look current = look;
        boolean fresh = current == null || !current.reached.equals(after) || current.next() < 0;
        if (fresh || current == null) {
            current = new Look(scan.look(), after);
            look = current;
            report(current.view);
        }
        PageSpool spool = new PageSpool(options.temporaryFolder());
        try {
            SourcePage page = fill(current, maxRecords, spool);
            look = page.records().isEmpty() ? null : current;
            return page;
        } catch (IOException | InterruptedException | RuntimeException e) {
            look = null;
            spool.close();
            throw e;
        }
    }

    private SourcePage fill(Look current, int maxRecords, PageSpool spool) throws IOException, InterruptedException {
        List<RawRecord> records = new ArrayList<>();
        SafeFolders folders = new SafeFolders(options.folder());
        Set<String> problems = new HashSet<>();
        int index = current.next();
        while (index >= 0 && records.size() < maxRecords && spool.size() < options.maxPageBytes()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while reading");
            }
            RawRecord record = record(current, index, folders, spool, problems);
            current.position = index + 1;
            if (record != null) {
                records.add(record);
                current.seen.set(index);
            }
            index = current.next();
        }
        problems.forEach(current.view::problem);
        List<String> all = current.view.problems();
        if (records.isEmpty()) {
            if (!all.isEmpty()) {
                throw new IOException("the drop folder: " + String.join("; ", all));
            }
            return new DropPage(records, current.reached, false, spool);
        }
        BitSet there = (BitSet) current.seen.clone();
        there.andNot(current.gone);
        current.reached = SeenFiles.checkpoint(current.view.emails(), there);
        return new DropPage(records, current.reached, index >= 0 || !all.isEmpty(), spool);
    }

    private @Nullable RawRecord record(
            Look current, int index, SafeFolders folders, PageSpool spool, Set<String> problems)
            throws IOException, InterruptedException {
        DropFile file = file(current.view, index);
        try {
            if (!folders.hold(file)) {
                problems.add(
                        file.locator() + " is reached through a symbolic link: put the folder itself in its place");
                return null;
            }
            switch (file.state()) {
                case SAME -> {
                    Content content = content(file, current.view.digest(file.relative()), spool, problems);
                    return content == null ? null : new RawRecord(Merge1EmlParser.MEDIA_TYPE, content, file.locator());
                }
                case CHANGED -> LOG.info("{} is still changing and is read when it has settled", file.locator());
                default -> LOG.warn("{} was there and is gone before it was read", file.locator());
            }
        } catch (UncheckedIOException e) { // as some file systems' paths throw
            problem(file.nameless("can't be read", Interrupts.unwrapped(e)), problems);
        } catch (IOException e) {
            problem(e, problems);
        }
        return null;
    }

    private void problem(IOException e, Set<String> problems) throws IOException {
        scan.requireWork(e);
        problems.add(String.valueOf(e.getMessage()));
    }

    private @Nullable Content content(DropFile file, @Nullable String expected, PageSpool spool, Set<String> problems)
            throws IOException, InterruptedException {
        if (!options.isElsewhere() && expected == null) {
            return file;
        }
        MessageDigest sha256 = Meaning.sha256();
        long start = spool.size();
        Content copy = file;
        try (InputStream in = file.open()) {
            if (options.isElsewhere()) {
                copy = spool.copy(in, sha256::update);
            } else {
                digest(in, sha256);
            }
        } catch (PageSpool.SpoolException e) {
            spool.cut(start);
            throw e;
        } catch (IOException e) {
            spool.cut(start);
            throw e.getMessage() != null && e.getMessage().startsWith(file.locator())
                    ? e
                    : file.nameless("can't be read", e);
        }
        if (expected != null && !expected.equals(HexFormat.of().formatHex(sha256.digest()))) {
            spool.cut(start);
            problems.add(file.locator() + " has another SHA-256 than the manifest says: deliver it again");
            return null;
        }
        return copy;
    }

    private static void digest(InputStream in, MessageDigest sha256) throws IOException {
        byte[] buffer = new byte[65_536];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            sha256.update(buffer, 0, n);
        }
    }

    /** Moves or deletes what a checkpoint says was read, if that is wanted. */
    public void acknowledge(Checkpoint upTo) throws IOException, InterruptedException {
        if (options.after() == DropOptions.After.LEAVE) {
            return;
        }
        Look current = look;
        boolean same = current != null && current.reached.equals(upTo);
        FolderView view = same && current != null ? current.view : scan.look();
        BitSet seen = same && current != null ? current.seen : SeenFiles.in(view.emails(), upTo);
        BitSet gone = same && current != null ? current.gone : new BitSet();
        SafeFolders folders = new SafeFolders(options.folder());
        afterwards.begin();
        int failures = 0;
        for (int i = seen.nextSetBit(0); i >= 0; i = seen.nextSetBit(i + 1)) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while tidying up");
            }
            if (!gone.get(i)) {
                DropFile file = file(view, i);
                if (isTidied(file, folders)) {
                    gone.set(i);
                } else {
                    failures++;
                }
            }
        }
        afterwards.finish(view.emptyFolders());
        if (failures > 0) {
            throw new IOException(failures + " archived emails couldn't be moved or deleted, as the log says");
        }
    }

    /** A broken connection is no fault of the email: asking for each of the others would take a time-out each. */
    private boolean isTidied(DropFile file, SafeFolders folders) throws IOException {
        IOException failure;
        try {
            if (folders.hold(file)) {
                afterwards.tidy(file);
                return true;
            }
            failure = new IOException("it is reached through a symbolic link");
        } catch (UncheckedIOException e) { // as some file systems' paths throw
            failure = Interrupts.unwrapped(e);
        } catch (IOException e) {
            failure = e;
        }
        scan.requireWork(failure);
        LOG.warn(
                "{} is archived but can't be moved or deleted ({}): let the user of this process do so, and put no symbolic"
                        + " links there",
                file.locator(),
                failure.getClass().getSimpleName());
        return false;
    }

    private DropFile file(FolderView view, int index) {
        DropListing emails = view.emails();
        String relative = emails.path(index);
        return new DropFile(
                DropFile.resolve(options.folder(), relative), relative, emails.size(index), emails.time(index));
    }

    /** Where an email with this locator lies, if it is still in the folder. */
    public @Nullable Path find(String locator) throws IOException, InterruptedException {
        FolderView view = scan.look();
        for (int i = 0; i < view.emails().count(); i++) {
            if (DropFile.locator(view.emails().path(i)).equals(locator)) {
                return file(view, i).file();
            }
        }
        return null;
    }

    /** What a look at the folder finds, for a preflight. */
    public FolderState state() throws IOException, InterruptedException {
        FolderView view = scan.look();
        return new FolderState(view.emails().count(), view.waiting(), view.overdue(), view.links(), view.problems());
    }

    /**
     * What lies in the folder.
     *
     * @param emails complete ones
     * @param waiting those that aren't complete
     * @param overdue those of them that haven't changed for a day
     * @param links symbolic links, which nobody follows
     * @param problems what is wrong
     */
    public record FolderState(int emails, int waiting, int overdue, int links, List<String> problems) {}

    private static void report(FolderView view) {
        if (view.waiting() > 0) {
            LOG.info("{} emails in the drop folder aren't complete yet and wait for a later run", view.waiting());
        }
        if (view.overdue() > 0) {
            LOG.warn(
                    "{} of them haven't changed for a day and still have no marker or manifest: ask the site's operator",
                    view.overdue());
        }
        if (view.links() > 0) {
            LOG.warn("{} symbolic links in the drop folder aren't followed", view.links());
        }
    }
}
