// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.report;

import io.github.celltrustarchive.io.NewFile;
import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.spi.LedgerReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Keeps status logs as files: {@code status-<connector>-<completion time>-run<number>} with the endings {@code .txt},
 * {@code .csv}, {@code .json} and {@code .html}, readable by the owner only. Nothing is ever replaced or deleted; how long
 * they are kept is the host's to decide.
 */
public final class StatusLogFiles {

    private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Storage storage;

    private StatusLogFiles(Path folder, Storage storage) {
        this.folder = folder;
        this.storage = storage;
    }

    /**
     * Writes the status log of a run in every format. Each file appears whole or not at all, and is durable on return. A
     * file that is there already, from a call that was broken off, is kept; what is missing is added. One thread per run.
     *
     * @param folder is made if need be
     * @param ledger the one in which the run is recorded; open
     * @return the files: text, CSV, JSON, HTML
     * @throws IOException if a file can't be written; call again
     * @throws IllegalArgumentException if the connector's name can't be part of a file name
     */
    public static List<Path> write(Path folder, Storage storage, RunReport report, LedgerReader ledger)
            throws IOException {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(storage, "storage");
        return new StatusLogFiles(folder, storage).writeAll(report, ledger);
    }

    private List<Path> writeAll(RunReport report, LedgerReader ledger) throws IOException {
        String name = baseName(report);
        StatusLog log = StatusLog.of(report, ledger);
        storage.createDirectories(folder);
        List<Path> files = new ArrayList<>();
        files.add(publish(name + ".txt", log::writeText));
        files.add(publish(name + ".csv", log::writeCsv));
        files.add(publish(name + ".json", log::writeJson));
        files.add(publish(name + ".html", HtmlReport.of(report, ledger)::write));
        storage.forceDirectory(folder);
        return List.copyOf(files);
    }

    private static String baseName(RunReport report) {
        if (!SAFE_NAME.matcher(report.connector()).matches()) {
            throw new IllegalArgumentException("the connector's name can't be part of a file name");
        }
        return "status-" + report.connector() + "-" + TIME.format(report.completedAt()) + "-run" + report.run();
    }

    private Path publish(String name, Format format) throws IOException {
        Path file = folder.resolve(name);
        if (storage.exists(file)) {
            return file;
        }
        Path part = folder.resolve("." + name + ".part");
        storage.delete(part);
        try {
            write(part, format);
            storage.link(part, file);
        } catch (FileAlreadyExistsException e) {
            if (!storage.exists(file)) {
                throw e;
            }
        } finally {
            storage.delete(part);
        }
        return file;
    }

    private void write(Path part, Format format) throws IOException {
        try (NewFile bytes = storage.create(part)) {
            Writer text = new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
            format.write(text);
            text.flush();
            bytes.force();
        }
    }

    /** Writes a status log in one format. */
    private interface Format {
        void write(Appendable target) throws IOException;
    }
}
