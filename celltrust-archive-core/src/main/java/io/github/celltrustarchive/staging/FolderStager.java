// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.staging;

import io.github.celltrustarchive.io.DigestingOutputStream;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.io.FolderCheck;
import io.github.celltrustarchive.io.NewFile;
import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.DeleteResult;
import io.github.celltrustarchive.model.StagedObject;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ContentWriter;
import io.github.celltrustarchive.spi.Stager;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Stages objects as files below one folder.
 *
 * <p><b>How.</b> An object is written to a temporary file below {@code .tmp}, forced, linked to its name (which fails if
 * the name is taken) and its folder forced. So under its own name a file is whole or absent, whatever fails when.
 *
 * <p><b>Addresses.</b> An object's URI is {@code stage:/} and its name: it doesn't mention the folder, so that the stage
 * can be moved to another disk without touching the ledger. Names are at most 500 characters: parts of letters, digits,
 * {@code -}, {@code _} and {@code .} between slashes, none starting with {@code .} or {@code -}.
 *
 * <p><b>Leftovers.</b> Each live stager owns a numbered folder for its temporary files, under a lock that dies with the
 * process. At the first {@code put} those of dead processes are emptied. Several processes may share a stage.
 *
 * <p>A {@code put} that fails leaves nothing under the name or, if only the last force failed, the whole object; a second
 * try with the same bytes then returns it. May be used by several threads at once.
 */
public final class FolderStager implements Stager {

    private static final String SCHEME = "stage";
    private static final int MAX_NAME = 500;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*");
    private static final int BUFFER = 64 * 1024;

    private final Path folder;
    private final Storage storage;
    private final TemporaryFiles temporaryFiles;

    /** A stage below this folder of the disk. The folder is made at the first {@code put}. */
    public FolderStager(Path folder) {
        this(folder, new DiskStorage());
    }

    /** A stage below this folder of a storage. */
    public FolderStager(Path folder, Storage storage) {
        this.folder = folder.toAbsolutePath().normalize();
        this.storage = Objects.requireNonNull(storage, "storage");
        this.temporaryFiles = new TemporaryFiles(this.folder.resolve(".tmp"), storage);
    }

    @Override
    public StagedObject put(String name, ContentWriter bytes) throws IOException {
        Path target = folder.resolve(requireName(name));
        Path parent = Objects.requireNonNull(target.getParent());
        storage.createDirectories(parent);
        Path temporary = temporaryFiles.next();
        try {
            DigestingOutputStream written = write(temporary, bytes);
            StagedObject object = new StagedObject(name, uri(name), written.size(), written.sha256());
            publish(temporary, target, object);
            storage.forceDirectory(parent);
            return object;
        } finally {
            temporaryFiles.discard(temporary);
        }
    }

    private DigestingOutputStream write(Path temporary, ContentWriter bytes) throws IOException {
        try (NewFile file = storage.create(temporary)) {
            DigestingOutputStream digesting = new DigestingOutputStream(new BufferedOutputStream(file, BUFFER));
            bytes.writeTo(digesting);
            digesting.flush();
            file.force();
            return digesting;
        }
    }

    private void publish(Path temporary, Path target, StagedObject object) throws IOException {
        try {
            storage.link(temporary, target);
        } catch (FileAlreadyExistsException e) {
            if (storage.size(target) != object.size() || !sha256(target).equals(object.sha256())) {
                throw ArchiveException.stop("stage: " + object.name() + " is taken by other bytes", e);
            }
        }
    }

    private String sha256(Path file) throws IOException {
        DigestingOutputStream digesting = new DigestingOutputStream(OutputStream.nullOutputStream());
        try (InputStream in = storage.open(file, 0)) {
            in.transferTo(digesting);
        }
        return digesting.sha256();
    }

    @Override
    public InputStream open(URI object, long offset, long length) throws IOException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset must not be negative");
        }
        String name = name(object);
        try {
            long available = storage.size(folder.resolve(name)) - offset;
            if (available < 0 || length > available) {
                throw new EOFException("stage: " + name + " ends before the bytes that are asked for");
            }
            InputStream in = storage.open(folder.resolve(name), offset);
            return new ExactInputStream(in, length < 0 ? available : length);
        } catch (NoSuchFileException e) {
            NoSuchFileException absent = new NoSuchFileException(object.toString());
            absent.initCause(e);
            throw absent;
        }
    }

    @Override
    public Stream<StagedObject> list(String prefix) throws IOException {
        Objects.requireNonNull(prefix, "prefix");
        return below(folder, "", prefix);
    }

    private Stream<StagedObject> below(Path directory, String path, String prefix) throws IOException {
        return storage.list(directory).stream().flatMap(file -> {
            String name = path + file.getFileName();
            try {
                if (!NAME.matcher(name).matches()) {
                    return Stream.empty();
                }
                if (storage.isDirectory(file)) {
                    String inside = name + "/";
                    return inside.startsWith(prefix) || prefix.startsWith(inside)
                            ? below(file, inside, prefix)
                            : Stream.empty();
                }
                return name.startsWith(prefix)
                        ? Stream.of(new StagedObject(name, uri(name), storage.size(file), null))
                        : Stream.empty();
            } catch (NoSuchFileException e) {
                return Stream.empty(); // deleted while we look
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public DeleteResult delete(URI object) throws IOException {
        Path file = folder.resolve(name(object));
        if (!storage.delete(file)) {
            return DeleteResult.ABSENT;
        }
        storage.forceDirectory(Objects.requireNonNull(file.getParent()));
        return DeleteResult.DELETED;
    }

    @Override
    public List<Check> preflight() {
        return FolderCheck.of(storage, folder, temporaryFiles.root());
    }

    /** Gives the folder of temporary files back. A second call does nothing; reading still works. */
    @Override
    public void close() {
        temporaryFiles.close();
    }

    private static URI uri(String name) {
        return URI.create(SCHEME + ":/" + name);
    }

    private static String name(URI object) {
        String text = object.toString();
        if (!text.startsWith(SCHEME + ":/")) {
            throw new IllegalArgumentException("not an object of this stage");
        }
        return requireName(text.substring(SCHEME.length() + 2));
    }

    private static String requireName(String name) {
        if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name of a staged object");
        }
        return name;
    }
}
