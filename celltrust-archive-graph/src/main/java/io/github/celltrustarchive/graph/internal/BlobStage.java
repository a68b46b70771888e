// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import io.github.celltrustarchive.io.DigestingOutputStream;
import io.github.celltrustarchive.model.DeleteResult;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ContentWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Objects in a container, in the terms of the SPI: what an answer means for a put, a read or a deletion. Thread-safe. */
public final class BlobStage {

    private final BlobContainer container;
    private final RandomGenerator random;
    private final AtomicBoolean created = new AtomicBoolean();

    public BlobStage(BlobContainer container, RandomGenerator random) {
        this.container = container;
        this.random = random;
    }

    /** Size and digest of an object. */
    public record Stored(long size, @Nullable String sha256) {}

    /** A blob of a listing. */
    public record Listed(String blob, Stored stored) {}

    /** Stores an object, or finds that it is there already. */
    public Stored put(String blob, ContentWriter bytes) throws IOException, InterruptedException {
        createContainer();
        try (BlobUpload upload = new BlobUpload(container, blob, random)) {
            DigestingOutputStream digesting = new DigestingOutputStream(upload);
            try {
                bytes.writeTo(digesting);
            } catch (IOException | RuntimeException e) {
                upload.rethrowInterruption();
                throw e;
            }
            Stored stored = new Stored(digesting.size(), digesting.sha256());
            try {
                upload.finish(digesting.sha256());
            } catch (BlobException e) {
                settle(blob, stored, e);
            }
            requireProtection(blob);
            return stored;
        }
    }

    /** Opens part of an object; NoSuchFileException with this address if there is none. */
    public InputStream open(String blob, String uri, long offset, long length) throws IOException {
        return BlobInput.open(container, blob, uri, offset, length);
    }

    /** All blobs whose name starts with the prefix. */
    public Stream<Listed> list(String prefix) throws IOException {
        createContainer();
        return BlobListing.open(container, prefix)
                .filter(item -> !Boolean.TRUE.equals(item.isPrefix()) && item.getProperties() != null)
                .map(item -> new Listed(
                        item.getName(),
                        new Stored(item.getProperties().getContentLength(), BlobContainer.sha256(item.getMetadata()))));
    }

    /** Deletes an object, unless something keeps it. */
    public DeleteResult delete(String blob) throws IOException, InterruptedException {
        try {
            container.delete(blob);
            return DeleteResult.DELETED;
        } catch (BlobException e) {
            if (e.absent()) {
                return DeleteResult.ABSENT;
            }
            boolean keptByRole = container.settings().protection().wanted() && e.notPermitted();
            if (e.retained() || keptByRole) {
                return DeleteResult.RETAINED;
            }
            throw e.orStop();
        }
    }

    private void createContainer() throws IOException {
        if (!container.settings().createContainer() || created.get()) {
            return;
        }
        try {
            container.create();
        } catch (BlobException e) {
            throw e.orStop();
        }
        created.set(true);
    }

    /** After a conflict or a lost answer: what lies under the name decides. */
    private void settle(String blob, Stored wanted, BlobException refusal) throws IOException {
        if (!refusal.mayBeTaken() && !refusal.unknown()) {
            throw refusal.orStop();
        }
        BlobFacts found = look(blob, refusal);
        if (found == null) {
            throw refusal.orStop();
        }
        if (found.size() != wanted.size() || !digest(blob, found).equals(wanted.sha256())) {
            throw ArchiveException.stop(
                    "blob storage: " + blob + " is taken by other bytes: find out who else writes to the container",
                    null);
        }
    }

    private @Nullable BlobFacts look(String blob, BlobException refusal) throws IOException {
        try {
            return container.head(blob);
        } catch (BlobException e) {
            e.orStop();
            throw refusal; // tells more than that looking failed as well
        }
    }

    /** The digest of an object; one that somebody else put there without telling is read. */
    private String digest(String blob, BlobFacts found) throws IOException {
        if (found.sha256() != null) {
            return found.sha256();
        }
        DigestingOutputStream digesting = new DigestingOutputStream(OutputStream.nullOutputStream());
        try (InputStream in = open(blob, blob, 0, -1)) {
            in.transferTo(digesting);
        }
        return digesting.sha256();
    }

    /** Set is not kept: a service that doesn't know retention or legal hold ignores them without a word. */
    private void requireProtection(String blob) throws IOException {
        BlobProtection protection = container.settings().protection();
        if (!protection.wanted()) {
            return;
        }
        BlobFacts facts;
        try {
            facts = container.head(blob);
        } catch (BlobException e) {
            throw e.orStop();
        }
        if (facts == null) {
            throw new IOException("blob storage: " + blob + " is gone since it was put");
        }
        String missing = protection.missingOn(facts);
        if (missing != null) {
            throw ArchiveException.stop(
                    "blob storage: " + blob + " is stored, but not with " + missing + ", as read back: let the account"
                            + " support version-level immutability, or take the protection out of the stage's settings",
                    null);
        }
    }
}
