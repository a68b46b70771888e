// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import io.github.celltrustarchive.io.FolderCheck;
import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.io.ThisProcess;
import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/** A SQLite file of which this process is the only user, by a lock on a file beside it that nothing else opens. */
final class SqliteFile implements Database {

    private static final String LAST_RUN = """
            SELECT r.worker, r.operation, c.name, r.epoch, r.started_at, r.finished_at
            FROM run r JOIN connector c ON c.connector = r.connector ORDER BY r.started_at DESC, r.epoch DESC LIMIT 1""";

    private final Path file;
    private final Storage storage;
    private final Storage.FileLock lock;
    private final Dialect dialect = new SqliteDialect();

    private SqliteFile(Path file, Storage storage, Storage.FileLock lock) {
        this.file = file;
        this.storage = storage;
        this.lock = lock;
    }

    /**
     * Locks the file, and makes it for its owner only if it is new.
     *
     * @throws ArchiveException with remedy {@code STOP} naming the holder of the lock
     */
    static SqliteFile lock(Path file, Storage storage, Clock clock) {
        if (file.toString().indexOf('?') >= 0) {
            throw new IllegalArgumentException("the path of a SQLite ledger can't contain '?'");
        }
        try {
            Path real = resolve(file.toAbsolutePath(), storage);
            Path lockFile = real.resolveSibling(real.getFileName() + ".lock");
            Storage.FileLock lock = storage.tryLock(
                            lockFile, ThisProcess.name() + " since " + Times.instant(Times.floor(clock.instant())))
                    .orElseThrow(() -> inUse(real, lockFile, storage));
            createForOwner(real);
            return new SqliteFile(real, storage, lock);
        } catch (IOException e) {
            throw ArchiveException.stop("the ledger's folder or lock file can't be used", e);
        }
    }

    /** The one path of this file, so that two spellings of it have one lock. */
    private static Path resolve(Path file, Storage storage) throws IOException {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IOException("the root folder isn't a file");
        }
        storage.createDirectories(folder);
        return Files.exists(file) ? file.toRealPath() : folder.toRealPath().resolve(file.getFileName());
    }

    private static ArchiveException inUse(Path file, Path lockFile, Storage storage) {
        String holder;
        try {
            holder = storage.lockHolder(lockFile);
        } catch (IOException e) {
            holder = "";
        }
        return ArchiveException.stop(
                "the ledger " + file.getFileName() + " is in use by "
                        + (holder.isEmpty() ? "another process" : holder) + lastRun(file)
                        + ": one process at a time; wait for it or stop it, or use PostgreSQL for several",
                null);
    }

    /** What the holder is doing, if it can be read: SQLite lets others read. */
    private static String lastRun(Path file) {
        if (!Files.exists(file)) {
            return ""; // to connect would make it
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Session session = new Session(connection)) {
            new SqliteDialect().prepare(connection, false);
            String run = session.first(LAST_RUN, SqliteFile::describe);
            return run == null ? "" : " (" + run + ")";
        } catch (SQLException e) {
            return "";
        }
    }

    private static String describe(ResultSet row) throws SQLException {
        return "worker " + LosslessText.decode(row.getString(1)) + ", " + row.getString(2) + " of connector "
                + row.getString(3) + ", run " + row.getLong(4) + ", begun " + Times.instant(row.getLong(5))
                + (Columns.nullableLong(row, 6) == null ? "" : " and finished");
    }

    /** SQLite gives its other files the permissions of this one. */
    private static void createForOwner(Path file) throws IOException {
        if (Files.getFileStore(file.resolveSibling(".")).supportsFileAttributeView("posix")) {
            try {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } catch (FileAlreadyExistsException e) {
                // made by an earlier run
            }
        }
    }

    @Override
    public Connection connect() throws SQLException {
        Properties settings = new Properties();
        // else the driver asks for the last row id after every INSERT
        settings.setProperty("jdbc.get_generated_keys", "false");
        return DriverManager.getConnection("jdbc:sqlite:" + file, settings);
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public List<Check> preflight(Session session, Clock clock) {
        return FolderCheck.space(storage, Objects.requireNonNull(file.getParent(), "a file has a folder"));
    }

    @Override
    public boolean alone() {
        return true;
    }

    @Override
    public void close() {
        lock.close();
    }
}
