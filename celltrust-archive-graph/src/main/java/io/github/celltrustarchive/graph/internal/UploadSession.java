// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends one attachment in chunks, in order, with one chunk in memory. After a chunk whose answer was lost it asks the session
 * what comes next and goes on there. Where Graph asks to wait, it waits, unless the call takes too long then. Not thread-safe.
 *
 * <p>Facts: <a href="https://learn.microsoft.com/graph/outlook-large-attachments">attach large files to messages</a>: at most
 * 4 MB a chunk, in order, and no {@code Authorization}. The address is a secret: it is in no exception, log or
 * {@code toString}.
 */
final class UploadSession {

    /** 12 × 320 KiB: below 4 MB in both readings, and a multiple of what OneDrive's sessions want. */
    static final int CHUNK = 12 * 327_680;

    private static final int CREATED = 201;
    private static final int MAX_FAILURES_IN_A_ROW = 6;
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(10);

    private final GraphCalls calls;
    private final Patience patience;
    private final String mailbox;
    private final URI address;
    private final GraphAttachment attachment;
    private final long size;
    private int failures;
    private boolean maybeWhole;

    UploadSession(GraphCalls calls, Patience patience, String mailbox, URI address, GraphAttachment attachment) {
        this.calls = calls;
        this.patience = patience;
        this.mailbox = mailbox;
        this.address = address;
        this.attachment = attachment;
        this.size = attachment.size();
    }

    /**
     * Asks where to go on, then sends the rest.
     *
     * @throws IOException as {@link #send}
     */
    void resume() throws IOException, InterruptedException {
        send(state());
    }

    /**
     * Sends all from there on.
     *
     * @throws UploadLostException if the session is gone
     * @throws GraphException if Graph refuses the attachment
     * @throws ArchiveException if Graph can't be reached, or asks to wait for too long
     * @throws IOException if there is no getting on now; the session is still good
     */
    void send(long from) throws IOException, InterruptedException {
        long at = from;
        while (at < size) {
            at = sendFrom(at);
        }
    }

    /** Sends chunk after chunk until the session wants bytes from somewhere else; returns from where. */
    private long sendFrom(long start) throws IOException, InterruptedException {
        byte[] chunk = new byte[(int) Math.min(CHUNK, size - start)];
        long at = start;
        try (InputStream in = attachment.open()) {
            in.skipNBytes(start);
            while (at < size) {
                if (patience.isOver()) {
                    throw ArchiveException.retry(at + " of " + size + " bytes of an attachment are there", null);
                }
                int length = (int) Math.min(chunk.length, size - at);
                if (in.readNBytes(chunk, 0, length) < length) {
                    throw new IOException("an attachment is shorter than the email says");
                }
                long next = put(chunk, length, at);
                if (next != at + length) {
                    return next;
                }
                at = next;
            }
        }
        return at;
    }

    private long put(byte[] chunk, int length, long at) throws IOException, InterruptedException {
        long end = at + length;
        HttpRequest request = HttpRequest.newBuilder(address)
                .setHeader("Content-Type", "application/octet-stream")
                .setHeader("Content-Range", "bytes " + at + "-" + (end - 1) + "/" + size)
                .PUT(BodyPublishers.ofByteArray(chunk, 0, length))
                .build();
        try {
            GraphCalls.Answer answer = calls.upload(mailbox, request);
            if (answer.status() == CREATED && end == size) {
                return size;
            }
            OptionalLong next = NextRange.start(answer.body());
            if (next.isPresent()) {
                return progress(at, next.getAsLong());
            }
            maybeWhole |= end == size;
            failed(null);
        } catch (GraphException e) {
            refused(e, end == size);
        } catch (ArchiveException e) {
            notSent(e);
            return at;
        } catch (IOException e) {
            maybeWhole |= end == size;
            failed(e);
        }
        return state();
    }

    /** Where the session says that it wants to go on; going nowhere counts as a failure, so that it ends. */
    private long progress(long at, long next) throws IOException, InterruptedException {
        if (next > size) {
            throw new UploadLostException(maybeWhole, null);
        }
        if (next > at) {
            failures = 0;
        } else {
            failed(null);
        }
        return next;
    }

    private long state() throws IOException, InterruptedException {
        while (true) {
            try {
                GraphCalls.Answer answer = calls.upload(
                        mailbox, HttpRequest.newBuilder(address).GET().build());
                OptionalLong next = NextRange.start(answer.body());
                if (next.isPresent() && next.getAsLong() < size) {
                    return next.getAsLong();
                }
                throw new UploadLostException(true, null);
            } catch (UploadLostException e) {
                throw e;
            } catch (GraphException e) {
                refused(e, false);
            } catch (ArchiveException e) {
                notSent(e);
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    private void refused(GraphException e, boolean lastChunk) throws IOException, InterruptedException {
        switch (e.error().meaning()) {
            case THROTTLED ->
                waitUntil(patience.now().plus(e.error().retryAfter().orElse(DEFAULT_WAIT)), e);
            case TRANSIENT -> {
                maybeWhole |= lastChunk;
                failed(e);
            }
            case NOT_FROM_GRAPH -> throw new UploadLostException(true, e);
            case BAD_REQUEST, CONFLICT -> failed(e); // other bytes are expected: the state tells which
            case NOT_FOUND, UNAUTHENTICATED, ACCESS_DENIED -> throw new UploadLostException(maybeWhole, e);
            default -> throw e;
        }
    }

    private void notSent(ArchiveException e) throws IOException, InterruptedException {
        Instant until = e.notBefore().orElse(null);
        if (until == null) {
            failed(new IOException(e.getMessage(), e));
        } else if (!patience.waitUntil(until)) {
            throw e;
        }
    }

    private void waitUntil(Instant time, GraphException otherwise) throws IOException, InterruptedException {
        if (!patience.waitUntil(time)) {
            throw otherwise;
        }
    }

    private void failed(@Nullable IOException e) throws IOException, InterruptedException {
        failures++;
        if (failures >= MAX_FAILURES_IN_A_ROW) {
            throw e != null ? e : new IOException("an upload session doesn't say what it expects");
        }
        patience.sleep(Patience.backoff(failures));
    }
}
