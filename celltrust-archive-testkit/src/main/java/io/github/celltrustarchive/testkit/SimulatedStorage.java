// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.io.NewFile;
import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.testkit.SimulatedNode.File;
import io.github.celltrustarchive.testkit.SimulatedNode.Folder;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that knows what is durable. Bytes are durable after a force of their file, names after a force of their
 * folder; a power failure loses, tears, reorders or keeps everything else, each write and each name for itself.
 *
 * <p>A test runs a history up to a {@link CrashPoint}, asks for a state that the crash may have left, and goes on from
 * there. To prove that each force is needed, it disables the forces of one {@linkplain #forceSites() site} after another and
 * expects to be found out. Paths are those of the default file system, whose disk is never touched.
 *
 * <p>May be used by several threads at once.
 */
public final class SimulatedStorage implements Storage {

    private static final StackWalker STACK = StackWalker.getInstance();
    private static final String OWN = SimulatedStorage.class.getName() + "$";

    private final Folder root;
    private final Map<Path, String> locks = new HashMap<>();
    private final Set<String> sites = new TreeSet<>();
    private final Set<String> ignored = new HashSet<>();
    private final Set<Folder> givenUp = Collections.newSetFromMap(new IdentityHashMap<>());
    private CrashPoint crashPoint = CrashPoint.never();
    private long calls;
    private long failFrom = Long.MAX_VALUE;
    private long failTo = Long.MAX_VALUE;
    private long space = Long.MAX_VALUE;

    /** An empty disk. */
    public SimulatedStorage() {
        this(new Folder());
    }

    private SimulatedStorage(Folder root) {
        this.root = root;
    }

    /** Every change and every force is a step of this crash point from now on. Default: never. */
    public synchronized SimulatedStorage crashAt(CrashPoint value) {
        crashPoint = Objects.requireNonNull(value, "value");
        return this;
    }

    /** A state that a power failure at this moment may leave: of what isn't durable, a random part. */
    public synchronized SimulatedStorage crash(RandomGenerator random) {
        return powerFailure(new SimulatedNode.Survival() {
            @Override
            public boolean keeps() {
                return random.nextBoolean();
            }

            @Override
            public int torn(int length) {
                return random.nextBoolean() ? 0 : random.nextInt(length + 1);
            }
        });
    }

    /** The state that a power failure at this moment leaves at the worst: only what is durable. */
    public synchronized SimulatedStorage crashLosingEverythingUnsynced() {
        return powerFailure(new SimulatedNode.Survival() {
            @Override
            public boolean keeps() {
                return false;
            }

            @Override
            public int torn(int length) {
                return 0;
            }
        });
    }

    private SimulatedStorage powerFailure(SimulatedNode.Survival survival) {
        return new SimulatedStorage((Folder) root.afterPowerFailure(survival, SimulatedNode.newCopies()));
    }

    /** The state that the next process finds if this one was killed: everything is there, but not all of it is durable. */
    public synchronized SimulatedStorage kill() {
        return new SimulatedStorage((Folder) root.copy(SimulatedNode.newCopies()));
    }

    /** Where forces came from: what was forced, and the class and method that asked. */
    public synchronized Set<String> forceSites() {
        return new TreeSet<>(sites);
    }

    /** From now on a force from this site does nothing, and says it has. */
    public synchronized SimulatedStorage ignoreForcesFrom(String site) {
        ignored.add(site);
        return this;
    }

    /** How many calls there were. */
    public synchronized long calls() {
        return calls;
    }

    /** The call with this number, counted from 1, fails with an {@link IOException}; a force then loses what it was for. */
    public synchronized SimulatedStorage failCall(long number) {
        failFrom = number;
        failTo = number;
        return this;
    }

    /** This call and all later ones fail. */
    public synchronized SimulatedStorage failCallsFrom(long number) {
        failFrom = number;
        failTo = Long.MAX_VALUE;
        return this;
    }

    /** So many more bytes can be written; the write that exceeds them is cut short and fails. */
    public synchronized SimulatedStorage limitSpace(long bytes) {
        space = bytes;
        return this;
    }

    /** A file's time of last modification. */
    public synchronized Instant lastModified(Path file) throws IOException {
        return file(file).lastModified;
    }

    @Override
    public synchronized void createDirectories(Path directory) throws IOException {
        String site = site("folders made in ");
        call(false);
        Path path = directory.toAbsolutePath().normalize();
        Folder folder = root;
        Folder parent = root;
        boolean above = true;
        for (Path name : path) {
            SimulatedNode next = folder.names.get(name.toString());
            if (next == null) {
                if (above) {
                    force(parent, site);
                }
                above = false;
                crashPoint.pass("making a folder");
                next = new Folder();
                folder.set(name.toString(), next);
                force(folder, site);
            }
            if (!(next instanceof Folder inner)) {
                throw new FileAlreadyExistsException(directory.toString());
            }
            parent = folder;
            folder = inner;
        }
        if (above) {
            force(parent, site);
        }
    }

    private void force(SimulatedNode node, String site) throws IOException {
        crashPoint.pass("force of " + site);
        sites.add(site);
        if (!ignored.contains(site)) {
            node.force();
        }
    }

    @Override
    public synchronized NewFile create(Path file) throws IOException {
        call(true);
        Folder folder = folder(parent(file));
        requireFree(folder, file);
        File node = new File();
        folder.set(name(file), node);
        return new SimulatedFile(node);
    }

    @Override
    public synchronized void link(Path existing, Path name) throws IOException {
        call(true);
        File node = file(existing);
        Folder folder = folder(parent(name));
        requireFree(folder, name);
        folder.set(name(name), node);
    }

    private static void requireFree(Folder folder, Path file) throws IOException {
        if (folder.names.containsKey(name(file))) {
            throw new FileAlreadyExistsException(file.toString());
        }
    }

    @Override
    public synchronized boolean delete(Path file) throws IOException {
        call(true);
        SimulatedNode node = find(file);
        if (node == null) {
            return false;
        }
        if (node instanceof Folder folder && !folder.names.isEmpty()) {
            throw new FileSystemException(file.toString(), null, "Directory not empty");
        }
        folder(parent(file)).remove(name(file));
        return true;
    }

    @Override
    public synchronized void forceDirectory(Path directory) throws IOException {
        String site = site("folder in ");
        Folder folder = folder(directory);
        if (!givenUp.add(folder)) {
            throw new IOException("an earlier force of this folder failed");
        }
        callForce(folder);
        force(folder, site);
        givenUp.remove(folder);
    }

    @Override
    public synchronized InputStream open(Path file, long offset) throws IOException {
        call(false);
        byte[] bytes = file(file).bytes;
        if (offset > bytes.length) {
            throw new EOFException("offset " + offset + " is behind the end, " + bytes.length);
        }
        return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
    }

    @Override
    public synchronized long size(Path file) throws IOException {
        call(false);
        return file(file).bytes.length;
    }

    @Override
    public synchronized boolean exists(Path path) throws IOException {
        call(false);
        return find(path) != null;
    }

    @Override
    public synchronized boolean isDirectory(Path path) throws IOException {
        call(false);
        return find(path) instanceof Folder;
    }

    @Override
    public synchronized List<Path> list(Path directory) throws IOException {
        call(false);
        return find(directory) instanceof Folder folder
                ? folder.names.keySet().stream().map(directory::resolve).toList()
                : List.of();
    }

    @Override
    public synchronized void setLastModified(Path file, Instant time) throws IOException {
        call(true);
        file(file).lastModified = Objects.requireNonNull(time, "time");
    }

    @Override
    public synchronized Optional<FileLock> tryLock(Path file, String holder) throws IOException {
        call(false);
        folder(parent(file));
        Path key = file.toAbsolutePath().normalize();
        if (locks.putIfAbsent(key, holder) != null) {
            return Optional.empty();
        }
        return Optional.of(new Lock(key));
    }

    @Override
    public synchronized String lockHolder(Path file) {
        return locks.getOrDefault(file.toAbsolutePath().normalize(), "");
    }

    private synchronized void unlock(Path key) {
        locks.remove(key);
    }

    private void call(boolean changes) throws IOException {
        if (changes) {
            crashPoint.pass("a change on the disk");
        }
        crashPoint.requireAlive();
        if (fails()) {
            throw new IOException("simulated failure of call " + calls);
        }
    }

    private void callForce(SimulatedNode node) throws IOException {
        crashPoint.requireAlive();
        if (fails()) {
            node.failToForce();
            throw new IOException("simulated failure of call " + calls + ", a force");
        }
    }

    private boolean fails() {
        calls++;
        return calls >= failFrom && calls <= failTo;
    }

    private synchronized void write(File node, byte[] bytes, int offset, int length) throws IOException {
        call(true);
        int fits = (int) Math.min(space, length);
        node.append(bytes, offset, fits);
        space -= fits;
        if (fits < length) {
            throw new IOException("No space left on device");
        }
    }

    private synchronized void forceFile(File node) throws IOException {
        String site = site("file in ");
        callForce(node);
        force(node, site);
    }

    private static String site(String what) {
        return STACK.walk(frames -> frames.filter(f -> !(f.getClassName() + "$").startsWith(OWN))
                .findFirst()
                .map(f -> what + f.getClassName().substring(f.getClassName().lastIndexOf('.') + 1) + "."
                        + f.getMethodName())
                .orElse(what + "nowhere"));
    }

    private @Nullable SimulatedNode find(Path path) {
        SimulatedNode node = root;
        for (Path name : path.toAbsolutePath().normalize()) {
            node = node instanceof Folder folder ? folder.names.get(name.toString()) : null;
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    private File file(Path path) throws IOException {
        if (find(path) instanceof File file) {
            return file;
        }
        throw new NoSuchFileException(path.toString());
    }

    private Folder folder(Path path) throws IOException {
        if (find(path) instanceof Folder folder) {
            return folder;
        }
        throw new NoSuchFileException(path.toString());
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().normalize().getParent(), "a file has a folder");
    }

    private static String name(Path file) {
        return String.valueOf(file.toAbsolutePath().normalize().getFileName());
    }

    /** A file that is being written. */
    private final class SimulatedFile extends NewFile {
        private final File node;
        private boolean givenUp;

        SimulatedFile(File node) {
            this.node = node;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            requireSound();
            givenUp = true;
            SimulatedStorage.this.write(node, bytes, offset, length);
            givenUp = false;
        }

        @Override
        public void force() throws IOException {
            requireSound();
            givenUp = true;
            forceFile(node);
            givenUp = false;
        }

        @Override
        public long position() {
            return node.bytes.length;
        }

        private void requireSound() throws IOException {
            if (givenUp) {
                throw new IOException("an earlier write or force of this file failed: it is given up");
            }
        }
    }

    /** A lock that dies with the simulated process. */
    private final class Lock implements FileLock {
        private final Path key;
        private boolean closed;

        Lock(Path key) {
            this.key = key;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                unlock(key);
            }
        }
    }
}
