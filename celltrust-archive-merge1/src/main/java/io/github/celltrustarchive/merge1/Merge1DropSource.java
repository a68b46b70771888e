// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import io.github.celltrustarchive.merge1.internal.DropOptions;
import io.github.celltrustarchive.merge1.internal.DropReader;
import io.github.celltrustarchive.merge1.internal.Interrupts;
import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordParser;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the emails that a Merge1 site puts into a folder: {@code .eml} files in the folder itself or in folders in it, such as
 * the UTC {@code day/hour/minute} trees of Enterprise Vault's SMTP holding folder. The folder lies on a disk, on a share, or on
 * an SFTP server ({@link SftpFolder}). {@code docs/merge1-drop.md} describes layout, manifest and settings.
 *
 * <p><b>Complete files.</b> An email is read when it hasn't changed for a {@linkplain Builder#quietPeriod quiet period}, or when
 * a {@linkplain Builder#readyMarker marker} lies beside it, or when a {@linkplain Builder#manifest manifest} names it and all
 * files it names are there. The others wait, which is logged. Names that begin with a dot are passed over: they are being
 * written. Symbolic links are never followed.
 *
 * <p><b>Order and checkpoint.</b> By the time of the last change. The checkpoint says which stretches of that order were read and
 * what they looked like; it names no file and doesn't grow with the archive's age. An email that turns up late, in an old
 * minute or with an old time, is found; of the stretch around it, at most about a 180th of the folder, all is read
 * again, and the ledger knows what it has. Files may be deleted by anybody after they were archived.
 *
 * <p><b>Trouble.</b> An email that vanishes or changes between list and reading is passed over and logged. One that can't be
 * read, or doesn't fit its manifest, stops none of its neighbours: they are read first, then {@code read} fails and says
 * how many and which. Logs and exceptions name files by locator, a digest of their path ({@link #find} tells the file), because
 * anybody may have named them.
 *
 * <p>Memory: about 100 bytes for each email in the folder, whatever its size. Emails on another machine are copied into a
 * temporary file, page by page.
 *
 * <p>Threads: as {@link SourceAdapter} says.
 */
public final class Merge1DropSource implements SourceAdapter {

    private final RecordParser parser;
    private final DropOptions options;
    private final DropReader reader;

    private Merge1DropSource(Builder builder) {
        parser = builder.parser;
        options = builder.options();
        reader = new DropReader(options);
    }

    /**
     * Starts from the defaults.
     *
     * @param folder the drop folder; it must be there when it is read
     * @param parser reads the emails, such as {@link Merge1EmlParser}
     */
    public static Builder builder(Path folder, RecordParser parser) {
        return new Builder(folder, parser);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IOException if the folder can't be read, or if nothing is left but emails with which something is wrong
     */
    @Override
    public SourcePage read(Checkpoint after, int maxRecords) throws IOException, InterruptedException {
        if (maxRecords < 1) {
            throw new IllegalArgumentException("maxRecords must be at least 1");
        }
        try {
            return reader.read(after, maxRecords);
        } catch (UncheckedIOException e) { // as some file systems' paths throw
            throw Interrupts.requireNone(e);
        } catch (IOException e) {
            throw Interrupts.requireNone(e);
        }
    }

    @Override
    public SourceItem parse(RawRecord record) throws IOException {
        return parser.parse(record);
    }

    /** {@inheritDoc} Moves or deletes the emails if that was chosen; one that has changed meanwhile stays. */
    @Override
    public void acknowledge(Checkpoint upTo) throws IOException, InterruptedException {
        try {
            reader.acknowledge(upTo);
        } catch (UncheckedIOException e) {
            throw Interrupts.requireNone(e);
        } catch (IOException e) {
            throw Interrupts.requireNone(e);
        }
    }

    /** {@inheritDoc} A folder without emails is a warning: they may come later. */
    @Override
    public List<Check> preflight() throws IOException, InterruptedException {
        List<Check> checks = new ArrayList<>();
        DropReader.FolderState state;
        try {
            state = reader.state();
        } catch (UncheckedIOException e) {
            return List.of(unreachable(Interrupts.requireNone(e)));
        } catch (IOException e) {
            return List.of(unreachable(Interrupts.requireNone(e)));
        }
        if (options.after() != DropOptions.After.LEAVE && !Files.isWritable(options.folder())) {
            checks.add(Check.fail(
                    "the drop folder can't be written, so archived emails can't be moved or deleted",
                    "let the user of this process write it, or leave the emails where they are"));
        }
        state.problems().forEach(problem -> checks.add(Check.warn(problem, "emails beside it are read")));
        if (state.overdue() > 0) {
            checks.add(Check.warn(
                    state.overdue() + " emails in the drop folder have been waiting for their "
                            + (options.marker() == null ? "manifest" : "marker") + " for more than a day",
                    "ask the site's operator why it isn't put beside them"));
        }
        if (state.links() > 0) {
            checks.add(Check.warn(
                    state.links() + " symbolic links lie in the drop folder", "put the files themselves there"));
        }
        checks.add(
                state.emails() + state.waiting() == 0
                        ? Check.warn(
                                "no emails are in the drop folder", "look whether the site puts them somewhere else")
                        : Check.pass(state.emails() + " emails are in the drop folder, " + state.waiting()
                                + " more aren't complete yet"));
        return checks;
    }

    private static Check unreachable(IOException e) {
        return Check.fail(String.valueOf(e.getMessage()), "a run can read nothing until that is mended");
    }

    /**
     * The file of a record that a log, a report or an exception names.
     *
     * @param locator such as {@code eml:} and 32 hexadecimal digits
     * @return empty if no complete email of the folder has it
     * @throws IOException if the folder can't be read
     */
    public Optional<Path> find(String locator) throws IOException, InterruptedException {
        return Optional.ofNullable(reader.find(Objects.requireNonNull(locator, "locator")));
    }

    /** Doesn't show the folder. */
    @Override
    public String toString() {
        return "Merge1DropSource";
    }

    /** Collects the options of a {@link Merge1DropSource}. Not thread-safe. */
    public static final class Builder {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

        private final Path folder;
        private final RecordParser parser;
        private Duration quiet = Duration.ofMinutes(2);
        private @Nullable String marker;
        private @Nullable String manifest;
        private DropOptions.After after = DropOptions.After.LEAVE;
        private @Nullable Path archived;
        private @Nullable Path temporaryFolder;
        private long maxPageBytes = 67_108_864;
        private Clock clock = Clock.systemUTC();

        private Builder(Path folder, RecordParser parser) {
            this.folder = folder.toAbsolutePath().normalize();
            this.parser = Objects.requireNonNull(parser, "parser");
        }

        /**
         * How long the size and time of a file must have stayed the same. Default 2 minutes; 0 to 7 days. A server whose clock
         * is behind ours by more than that needs a marker or a manifest. Doesn't apply to emails with a marker or manifest.
         */
        public Builder quietPeriod(Duration value) {
            quiet = Objects.requireNonNull(value, "value");
            return this;
        }

        /**
         * An email is complete when an (empty) file of the same name with this ending lies beside it: {@code a.eml.ready}.
         * Default: none are expected. 1 to 64 letters, digits, {@code .}, {@code -} and {@code _}, not ending in
         * {@code .eml}.
         */
        public Builder readyMarker(String ending) {
            marker = Objects.requireNonNull(ending, "ending");
            return this;
        }

        /**
         * The emails of a folder are complete when a file of this name lies beside them, and all files it names are there
         * with the size it says; their SHA-256 is checked while they are read. Default: none are expected. Characters as
         * for {@link #readyMarker}; not beginning with a dot, because such names are passed over.
         */
        public Builder manifest(String fileName) {
            manifest = Objects.requireNonNull(fileName, "fileName");
            return this;
        }

        /** Leaves archived emails where they are: the default. Each run then lists them, but reads none again. */
        public Builder leaveArchived() {
            after = DropOptions.After.LEAVE;
            archived = null;
            return this;
        }

        /**
         * Moves emails into the same tree below another folder once the ledger has them, such as {@code Archived} in the drop
         * folder. An email of the same name there is never replaced: a number is added. Below the drop folder, no folder on the
         * way there may be a symbolic link.
         *
         * @param target on the same file system; taken as below the drop folder unless it is absolute
         */
        public Builder moveArchived(String target) {
            after = DropOptions.After.MOVE;
            archived = folder.resolve(target).normalize();
            return this;
        }

        /** Deletes emails once the ledger has them. */
        public Builder deleteArchived() {
            after = DropOptions.After.DELETE;
            archived = null;
            return this;
        }

        /**
         * Where emails of another machine are copied while their page is open. Default: the JVM's folder for temporary files.
         * The copies can be read by their owner alone and go with the process, however it ends.
         */
        public Builder temporaryFolder(Path value) {
            temporaryFolder = Objects.requireNonNull(value, "value");
            return this;
        }

        /**
         * About how many bytes of such copies a page holds; one email of any size always fits. Default 67,108,864 (64 MiB);
         * at least 1.
         */
        public Builder maxPageBytes(long value) {
            maxPageBytes = value;
            return this;
        }

        /** Tells how long files have stayed the same. Default: the system's. */
        public Builder clock(Clock value) {
            clock = Objects.requireNonNull(value, "value");
            return this;
        }

        private DropOptions options() {
            return new DropOptions(
                    folder, quiet, marker, manifest, after, archived, temporaryFolder, maxPageBytes, clock);
        }

        private static boolean isNoName(String text) {
            return !NAME.matcher(text).matches()
                    || text.toLowerCase(Locale.ROOT).endsWith(".eml");
        }

        /**
         * The source. Looks at nothing yet.
         *
         * @throws IllegalStateException naming every option that is out of its bounds
         */
        public Merge1DropSource build() {
            List<String> problems = new ArrayList<>();
            if (quiet.isNegative() || quiet.compareTo(Duration.ofDays(7)) > 0) {
                problems.add("quietPeriod must be 0 to 7 days");
            }
            if (marker != null && isNoName(marker)) {
                problems.add("readyMarker must be 1 to 64 letters, digits, '.', '-' or '_', and not end in .eml");
            }
            if (manifest != null && (isNoName(manifest) || manifest.startsWith("."))) {
                problems.add(
                        "manifest must be 1 to 64 letters, digits, '.', '-' or '_', not begin with '.' and not end in .eml");
            }
            if (marker != null && manifest != null) {
                problems.add("readyMarker and manifest exclude each other");
            }
            if (archived != null && (archived.equals(folder) || folder.startsWith(archived))) {
                problems.add("moveArchived must name another folder, not one that holds the drop folder");
            }
            if (maxPageBytes < 1) {
                problems.add("maxPageBytes must be at least 1");
            }
            if (!problems.isEmpty()) {
                throw new IllegalStateException("drop folder: " + String.join("; ", problems));
            }
            return new Merge1DropSource(this);
        }
    }
}
