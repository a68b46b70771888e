// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.io.NewFile;
import io.github.celltrustarchive.io.Storage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records and gives them their numbers. Each caller writes and forces its own file, beside the others; then those
 * that wait at the same time are named by the one that gets the lock, in the order of their numbers, with one force of the
 * folder for all. Readers see numbers up to {@link #durable()} only: behind it a name may yet be lost, and its number be
 * given to another record that a reader would then skip.
 */
final class SpoolPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolPublisher.class);
    private static final int MAX_GROUP = 256;
    private static final int BUFFER = 65_536;

    private final SpoolFolder folder;
    private final Storage storage;
    private final AtomicLong files = new AtomicLong();
    private final ConcurrentLinkedQueue<Request> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock leading = new ReentrantLock();
    private long last;
    private @Nullable IOException death;
    private boolean closed;
    private volatile long durable;

    SpoolPublisher(SpoolFolder folder, Storage storage) {
        this.folder = folder;
        this.storage = storage;
        this.last = folder.lastAtStart();
        this.durable = last;
    }

    /** The number up to which every record is durable under its name. */
    long durable() {
        return durable;
    }

    /** Returns the number under which the record is durable now. */
    long publish(SpoolFile record) throws IOException {
        folder.reserve(record.size());
        Request request = new Request(folder.incoming().resolve(files.incrementAndGet() + ".part"));
        try {
            write(record, request.file);
            waiting.add(request);
            lead(() -> {
                while (!request.served) {
                    serve();
                }
            });
            return request.answer();
        } finally {
            if (!request.named) {
                folder.giveBack(record.size());
                lead(() -> discard(request.file));
            }
        }
    }

    private void write(SpoolFile record, Path target) throws IOException {
        try (NewFile file = storage.create(target)) {
            OutputStream out = new BufferedOutputStream(file, (int) Math.min(BUFFER, record.size()));
            record.writeTo(out);
            out.flush();
            file.force();
        }
    }

    private void lead(Runnable work) {
        leading.lock();
        try {
            work.run();
        } finally {
            leading.unlock();
        }
    }

    private void serve() {
        List<Request> group = new ArrayList<>();
        for (Request next = waiting.poll(); next != null; next = group.size() < MAX_GROUP ? waiting.poll() : null) {
            group.add(next);
        }
        try {
            requireLife();
            List<Request> named = group.stream().filter(this::name).toList();
            force();
            durable = last;
            named.forEach(request -> request.failure = null);
            group.forEach(request -> discard(request.file));
        } catch (IOException e) {
            group.forEach(request -> request.fail(e));
        } finally {
            group.forEach(request -> request.served = true); // after an error too, or the others would wait for ever
        }
    }

    private void requireLife() throws IOException {
        if (closed) {
            throw new IOException("the spool is closed");
        }
        if (death != null) {
            throw new IOException(
                    "an earlier force of the spool's folder failed: close the spool and open it again", death);
        }
    }

    private boolean name(Request request) {
        last++; // even if it fails: a number whose fate isn't known is never given again
        try {
            storage.link(request.file, folder.record(last));
            request.number = last;
            request.named = true;
        } catch (IOException e) {
            folder.skip(last);
            request.fail(e);
        }
        return request.named;
    }

    /** An interrupt is meant for one of the callers, and must not fail the group: it stays pending. */
    private void force() throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    interrupted |= Thread.interrupted();
                    folder.force();
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                } catch (IOException e) {
                    death = e;
                    throw e;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Unless another spool owns the folder by now, and perhaps a file of that name. */
    private void discard(Path file) {
        if (closed) {
            return;
        }
        try {
            storage.delete(file);
        } catch (IOException e) {
            LOG.warn(
                    "spool: a file stays until the next start: {}", e.getClass().getSimpleName());
        }
    }

    /** Lets nobody publish any more, and then does this. */
    void close(Runnable afterwards) {
        lead(() -> {
            if (!closed) {
                closed = true;
                afterwards.run();
            }
        });
    }

    /** What one caller waits for. Its fields are written and read under the lock, or by the caller alone. */
    private static final class Request {
        private final Path file;
        private long number;
        private boolean named;
        private boolean served;
        private @Nullable IOException failure = new IOException("whoever served it was cut off");

        Request(Path file) {
            this.file = file;
        }

        void fail(IOException cause) {
            failure = cause;
        }

        long answer() throws IOException {
            if (failure != null) {
                throw new IOException("the record isn't known to be stored: " + failure.getMessage(), failure);
            }
            return number;
        }
    }
}
