// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.source.JsonLinesCheckpoint.Mark;
import io.github.celltrustarchive.spi.RecordParser;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads exports in JSON Lines: one file, or every {@code *.jsonl} of a folder in the order of their names, one record per
 * line (LF or CRLF, UTF-8; {@code docs/record-format.md}). Blank lines and a byte order mark at the start of a file are
 * skipped.
 *
 * <p><b>Growing and late files.</b> The checkpoint says how far each file has been read. Lines that are appended later and
 * files that turn up later, whatever their name, are read at the next run; files that have been deleted are forgotten. A
 * checkpoint has room for about a thousand files; if more lie in the folder, the first ones by name aren't looked at
 * again. A file that became shorter, or that changed before the place reached, makes {@code read} fail with an
 * {@link IOException} that names it: exports are appended to, never rewritten.
 *
 * <p><b>Long lines.</b> At most 16 KiB of a line are held in memory; of a longer one the record's content reads the file.
 * Files must therefore stay until the page is committed. A line over {@link Builder#maxLineBytes} is a record like any
 * other; its parser refuses it, so it is held with all its bytes.
 *
 * <p><b>Attachment files</b> lie in one folder, {@code media} beside the exports by default. Only a plain file directly in
 * it is opened: names with separators, control characters or {@code ..}, and symbolic links are not, and the record that
 * names them is held. So is a record whose file is missing: write attachments first, then the line that names them. A
 * repaired record is exported again as a new line.
 *
 * <p>{@code read} opens and closes files itself: {@code close} has nothing to do, and {@code acknowledge} deletes nothing.
 * The locator is {@code <file name>:<line number>}.
 */
public final class JsonLinesSource implements SourceAdapter {

    private static final int MAX_LINE_IN_MEMORY = 16_384;
    private static final int FILES_REMEMBERED = 1000; // about: it depends on their names
    private static final String MEDIA_TYPE = "application/json";

    private final Path path;
    private final boolean completeFiles;
    private final @Nullable Path attachments;
    private final RecordParser parser;

    private JsonLinesSource(Builder builder) {
        path = builder.path;
        completeFiles = builder.completeFiles;
        attachments = builder.attachments;
        parser = builder.parserOrDefault();
    }

    /** A file, or a folder of {@code *.jsonl} files, with defaults. It need not exist yet. */
    public static JsonLinesSource of(Path path) {
        return builder(path).build();
    }

    /** Starts from the defaults. */
    public static Builder builder(Path path) {
        return new Builder(path);
    }

    @Override
    public SourceItem parse(RawRecord record) throws IOException {
        return parser.parse(record);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IOException if the file or folder is missing or can't be read, or a file was rewritten
     */
    @Override
    public SourcePage read(Checkpoint after, int maxRecords) throws IOException, InterruptedException {
        if (maxRecords < 1) {
            throw new IllegalArgumentException("maxRecords must be at least 1");
        }
        JsonLinesCheckpoint reached = JsonLinesCheckpoint.of(after);
        List<RawRecord> records = new ArrayList<>();
        Map<String, Path> files = files();
        try {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                if (records.size() < maxRecords && !reached.forgotten(file.getKey())) {
                    Mark mark =
                            readFile(file.getKey(), file.getValue(), reached.mark(file.getKey()), records, maxRecords);
                    reached.put(file.getKey(), mark);
                }
            }
        } catch (ClosedByInterruptException e) {
            Thread.interrupted(); // the exception takes its place
            InterruptedException interrupted = new InterruptedException("interrupted while reading");
            interrupted.initCause(e);
            throw interrupted;
        }
        if (records.isEmpty()) {
            return SourcePage.of(records, after, false);
        }
        reached.keepOnly(files.keySet());
        return SourcePage.of(records, reached.toCheckpoint(), records.size() == maxRecords);
    }

    private Mark readFile(String name, Path file, Mark reached, List<RawRecord> records, int maxRecords)
            throws IOException, InterruptedException {
        long size = Files.size(file);
        FileTail.check(file, reached, size);
        if (size == reached.offset()) {
            return reached;
        }
        Mark mark = FileTail.continueOpenLine(file, reached);
        Mark last = null;
        try (LineReader lines = new LineReader(file, mark.offset(), MAX_LINE_IN_MEMORY)) {
            long number = mark.lines();
            for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while reading");
                }
                if (!line.terminated() && !completeFiles) {
                    break;
                }
                number++;
                if (!line.blank()) {
                    records.add(record(name + ":" + number, line));
                }
                last = new Mark(line.end(), number, "", line.terminated() ? -1 : line.start());
                if (records.size() == maxRecords) {
                    break;
                }
            }
        }
        return last == null ? reached : FileTail.sign(file, last);
    }

    private RawRecord record(String locator, LineReader.Line line) throws IOException {
        Map<String, Content> parts =
                line.mentionsFile() ? new AttachmentFiles(attachmentFolder()).of(line.content()) : Map.of();
        return new RawRecord(MEDIA_TYPE, line.content(), parts, locator);
    }

    private Path attachmentFolder() {
        if (attachments != null) {
            return attachments;
        }
        return Files.isDirectory(path) ? path.resolve("media") : path.resolveSibling("media");
    }

    private Map<String, Path> files() throws IOException {
        Map<String, Path> files = new TreeMap<>();
        if (!Files.isDirectory(path)) {
            if (!Files.exists(path)) {
                throw new NoSuchFileException(path.toString());
            }
            files.put(nameOf(path), path);
            return files;
        }
        try (Stream<Path> entries = Files.list(path)) {
            entries.filter(file -> nameOf(file).endsWith(".jsonl"))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .forEach(file -> files.put(nameOf(file), file));
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
        return files;
    }

    /** {@inheritDoc} A folder without exports is a warning: they may come later. */
    @Override
    public List<Check> preflight() throws IOException {
        List<Check> checks = new ArrayList<>();
        if (!Files.exists(path)) {
            return List.of(Check.fail("there is no " + path, "name the folder or file where exports are put"));
        }
        Map<String, Path> files = files();
        for (Path file : files.values()) {
            if (!Files.isReadable(file)) {
                checks.add(Check.fail(file + " can't be read", "let the user of this process read it"));
            }
        }
        if (files.isEmpty()) {
            checks.add(Check.warn("no *.jsonl files are in " + path, "look whether exports are put somewhere else"));
        } else if (files.size() > FILES_REMEMBERED) {
            checks.add(Check.warn(
                    files.size() + " exports are in " + path + ", about " + FILES_REMEMBERED + " can be remembered",
                    "move the oldest away once they are archived"));
        }
        if (checks.isEmpty()) {
            checks.add(Check.pass(files.size() + " exports can be read in " + path));
        }
        return checks;
    }

    private static String nameOf(Path file) {
        return Objects.requireNonNull(file.getFileName(), "a file has a name").toString();
    }

    /** Options of a {@link JsonLinesSource}. Not thread-safe. */
    public static final class Builder {
        private final Path path;
        private @Nullable ZoneId zone;
        private int maxLineBytes = JsonRecordParser.DEFAULT_MAX_RECORD_BYTES;
        private boolean completeFiles = true;
        private @Nullable Path attachments;
        private @Nullable RecordParser parser;

        private Builder(Path path) {
            this.path = Objects.requireNonNull(path, "path");
        }

        /** The zone of times that have no offset; see {@link JsonRecordParser.Builder#zone}. Default none. */
        public Builder zone(@Nullable ZoneId value) {
            zone = value;
            return this;
        }

        /** The longest line that is parsed, in bytes. Default 67,108,864 (64 MiB). */
        public Builder maxLineBytes(int value) {
            maxLineBytes = value;
            return this;
        }

        /**
         * Whether a last line without a line end is a record. Default true: files are put into the folder when they are
         * complete. With false it waits until its line end has been written, for files that grow while they are read. If a
         * line that was taken for complete grows after all, it is read again as a whole.
         */
        public Builder completeFiles(boolean value) {
            completeFiles = value;
            return this;
        }

        /** The folder of attachment files. Default: {@code media} in the folder of the exports. It need not exist. */
        public Builder attachments(Path folder) {
            attachments = Objects.requireNonNull(folder, "folder");
            return this;
        }

        /**
         * Another format in the same transport: this parser gets every line. Default: a {@link JsonRecordParser} with
         * {@link #zone} and {@link #maxLineBytes}, which then must not be set here.
         */
        public Builder parser(RecordParser value) {
            parser = Objects.requireNonNull(value, "parser");
            return this;
        }

        /**
         * The source.
         *
         * @throws IllegalStateException naming every option that is out of its bounds
         */
        public JsonLinesSource build() {
            if (parser != null && (zone != null || maxLineBytes != JsonRecordParser.DEFAULT_MAX_RECORD_BYTES)) {
                throw new IllegalStateException("JSON Lines source: zone and maxLineBytes belong to the parser given");
            }
            if (maxLineBytes < 1) {
                throw new IllegalStateException("JSON Lines source: maxLineBytes must be at least 1");
            }
            return new JsonLinesSource(this);
        }

        private RecordParser parserOrDefault() {
            return parser != null
                    ? parser
                    : JsonRecordParser.builder()
                            .zone(zone)
                            .maxRecordBytes(maxLineBytes)
                            .build();
        }
    }
}
