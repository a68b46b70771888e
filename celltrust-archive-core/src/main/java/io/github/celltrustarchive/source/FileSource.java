// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.source.FileCheckpoint.Mark;
import io.github.celltrustarchive.spi.ArchiveException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a file, or the files of a folder, from a checkpoint on. The formats say what is in them. */
abstract class FileSource implements SourceAdapter {

    private static final String GZ = ".gz";
    private static final int MANY_FILES = 5_000;

    private final Path path;
    private final boolean completeFiles;
    private final @Nullable Path attachments;
    private final Set<String> givenUp;
    private final GzipFiles gzip;
    private final FileFormat format;
    private final RecordParser parser;

    FileSource(FileSourceBuilder<?> options, FileFormat format, RecordParser parser) {
        path = options.path;
        completeFiles = options.completeFiles;
        attachments = options.attachments;
        givenUp = Set.copyOf(options.givenUp);
        gzip = new GzipFiles(options.temporaryFolder, options.maxUnpackedBytes, options.maxUnpackedRatio);
        this.format = format;
        this.parser = parser;
    }

    @Override
    public SourceItem parse(RawRecord record) throws IOException {
        return parser.parse(record);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A file that something is wrong with stops none of its neighbours: they are read first, then the exception tells.
     *
     * @throws IOException if the file or folder is missing or can't be read, or a file was rewritten, is gone before it
     *     was read to its end, or is compressed and cut off, damaged or too large. The message names the file
     */
    @Override
    public SourcePage read(Checkpoint after, int maxRecords) throws IOException, InterruptedException {
        if (maxRecords < 1) {
            throw new IllegalArgumentException("maxRecords must be at least 1");
        }
        FileCheckpoint reached = FileCheckpoint.of(after);
        FilePage page = new FilePage(maxRecords);
        try {
            return read(after, reached, page);
        } catch (ClosedByInterruptException e) {
            page.close();
            Thread.interrupted(); // the exception takes its place
            InterruptedException interrupted = new InterruptedException("interrupted while reading");
            interrupted.initCause(e);
            throw interrupted;
        } catch (IOException | InterruptedException | RuntimeException e) {
            page.close();
            throw e;
        }
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
            checks.add(Check.warn(
                    "no *" + format.extension() + " files are in " + path,
                    "look whether exports are put somewhere else"));
        } else if (files.size() > MANY_FILES) {
            checks.add(Check.warn(
                    files.size() + " exports are in " + path + ", about 6000 can be remembered",
                    "move the oldest away once they are archived"));
        }
        if (checks.isEmpty()) {
            checks.add(Check.pass(files.size() + " exports can be read in " + path));
        }
        return checks;
    }

    /** Frees what was unpacked for the next page. */
    @Override
    public void close() throws IOException {
        gzip.close();
    }

    private SourcePage read(Checkpoint after, FileCheckpoint reached, FilePage page)
            throws IOException, InterruptedException {
        Map<String, Path> files = files();
        page.troubled(missing(reached, files.keySet()));
        Map<String, Long> sizes = reached.hasDone() ? sizes(files) : Map.of();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            String name = file.getKey();
            Long size = sizes.get(name);
            if (!page.isFull() && (size == null || !reached.isDone(name, size))) {
                try {
                    Mark mark = readFile(name, file.getValue(), reached.mark(name), page);
                    reached.put(name, mark);
                } catch (ClosedByInterruptException e) {
                    throw e;
                } catch (IOException | ArchiveException e) {
                    page.troubled(e);
                }
            }
        }
        if (page.records().isEmpty()) {
            page.throwTrouble();
            return SourcePage.of(page.records(), after, false);
        }
        reached.keepOnly(sizes(files));
        page.next(reached.toCheckpoint());
        return page;
    }

    private Mark readFile(String name, Path file, Mark reached, FilePage page)
            throws IOException, InterruptedException {
        boolean packed = name.endsWith(GZ);
        if (packed
                && reached.complete()
                && !reached.isLineOpen()
                && GzipFiles.sign(file).equals(reached.packed())) {
            return reached;
        }
        page.begin();
        try (ExportBytes bytes = packed ? gzip.open(name, file) : new PlainExport(file)) {
            return readBytes(name, bytes, reached, page);
        } catch (IOException | InterruptedException | RuntimeException e) {
            page.rollBack();
            throw e;
        }
    }

    private Mark readBytes(String name, ExportBytes bytes, Mark reached, FilePage page)
            throws IOException, InterruptedException {
        FileSign.check(name, bytes, reached);
        if (bytes.size() == reached.offset()) {
            return reached;
        }
        requireText(name, bytes);
        FileFormat.Reader reader = format.begin(name, bytes, attachmentFolder());
        if (reader == null) {
            return reached;
        }
        long offset = Math.max(reader.start(), continueAt(bytes, reached));
        boolean lineFeedCame = reached.isLineOpen() && offset > reached.offset();
        long number = reached.offset() == 0 ? reader.linesBefore() : reached.lines() + (lineFeedCame ? 1 : 0);
        LineReader lines = new LineReader(bytes, offset, format.maxInMemory(), format.lineEnd());
        Mark last = null;
        for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while reading");
            }
            if (!line.terminated() && !completeFiles) {
                break;
            }
            RawRecord record = reader.record(name + ":" + (number + 1), line);
            if (record != null) {
                page.add(record, bytes, line.content());
            }
            long before = number;
            number += line.count();
            last = line.terminated() ? mark(bytes, line, number, -1) : mark(bytes, line, before, line.start());
            if (page.isFull()) {
                break;
            }
        }
        return last == null ? reached : signed(bytes, last);
    }

    private static Mark mark(ExportBytes bytes, LineReader.Line line, long lines, long openLine) {
        return new Mark(line.end(), lines, "", openLine, bytes.size(), bytes.packed());
    }

    private static Mark signed(ExportBytes bytes, Mark mark) throws IOException {
        String sign = FileSign.of(bytes, mark.offset());
        return new Mark(mark.offset(), mark.lines(), sign, mark.openLine(), mark.size(), mark.packed());
    }

    /**
     * Where to go on in a file that has grown. If its last line had no end: behind the end it got meanwhile, or, if the
     * line itself may have grown, at its start.
     */
    private long continueAt(ExportBytes bytes, Mark reached) throws IOException {
        if (!reached.isLineOpen()) {
            return reached.offset();
        }
        boolean lineFeed = bytes.bytes(reached.offset(), 1)[0] == '\n';
        return lineFeed && format.everyLineFeedEnds() ? reached.offset() + 1 : reached.openLine();
    }

    /** Refuses what would otherwise be a million held records: text in another encoding, and gzip under a wrong name. */
    private static void requireText(String name, ExportBytes bytes) throws IOException {
        byte[] first = bytes.bytes(0, 2);
        int start = first.length < 2 ? 0 : (first[0] & 0xFF) << 8 | (first[1] & 0xFF);
        if (start == 0xFEFF || start == 0xFFFE) {
            throw new ExportFileException(name, "is UTF-16. Export it as UTF-8 under another file name");
        }
        if (start == 0x1F8B) {
            throw new ExportFileException(name, "is compressed. Let its name end in .gz, once");
        }
    }

    private @Nullable IOException missing(FileCheckpoint reached, Set<String> present) {
        for (Map.Entry<String, Mark> file : reached.marks().entrySet()) {
            String name = file.getKey();
            if (!present.contains(name)
                    && !givenUp.contains(name)
                    && !file.getValue().complete()) {
                long unread = file.getValue().size() - file.getValue().offset();
                return new ExportFileException(
                        name,
                        "is gone, and the last " + unread
                                + " bytes of it weren't read. Put it back, or name it in giveUp");
            }
        }
        return null;
    }

    private AttachmentFolder attachmentFolder() {
        if (attachments != null) {
            return new AttachmentFolder(attachments, true);
        }
        Path media = Files.isDirectory(path) ? path.resolve("media") : path.resolveSibling("media");
        return new AttachmentFolder(media, false);
    }

    private static Map<String, Long> sizes(Map<String, Path> files) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            try {
                sizes.put(file.getKey(), Files.size(file.getValue()));
            } catch (NoSuchFileException e) { // moved away since the folder was listed
                sizes.put(file.getKey(), 0L);
            }
        }
        return sizes;
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
            entries.filter(file -> isExport(nameOf(file)))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .forEach(file -> files.put(nameOf(file), file));
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
        return files;
    }

    private boolean isExport(String name) {
        return name.endsWith(format.extension()) || name.endsWith(format.extension() + GZ);
    }

    private static String nameOf(Path file) {
        return Objects.requireNonNull(file.getFileName(), "a file has a name").toString();
    }
}
