// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import io.github.celltrustarchive.graph.internal.BlobCheck;
import io.github.celltrustarchive.graph.internal.BlobContainer;
import io.github.celltrustarchive.graph.internal.BlobStage;
import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.DeleteResult;
import io.github.celltrustarchive.model.StagedObject;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ContentWriter;
import io.github.celltrustarchive.spi.Stager;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Stages objects as block blobs of one container of Azure Blob Storage.
 *
 * <p><b>Put.</b> An object is sent in blocks that nobody sees, each with its MD5, and made visible by one request that only
 * works if the name is free ({@code If-None-Match: *}) and carries the SHA-256 as metadata {@code sha256}; what fits into
 * one block goes in one such request. So under its own name a blob is whole or absent. If the name is taken, or the answer is
 * lost, length and SHA-256 of what lies there decide: equal is success, other bytes are a {@code STOP}. Blocks of a put that
 * dies are never listed; the service forgets them within a week. Memory: one block more than are sent at once.
 *
 * <p><b>Retention.</b> Immutability policy and legal hold are set with the blob and then read back, because a service that
 * doesn't know them ignores them without a word; a put whose protection isn't there fails with {@code STOP}. An object that
 * retention, a legal hold or a snapshot keeps is answered with {@code RETAINED} when it is to be deleted, and so, where the
 * stage sets protection, is one that the application's role must not delete.
 *
 * <p><b>Addresses.</b> An object's URI is that of its blob, without credentials. Names are at most 500 characters: parts of
 * letters, digits, {@code -}, {@code _} and {@code .} between slashes, none starting with {@code .} or {@code -} or ending
 * with {@code .}.
 *
 * <p><b>Reading.</b> A block at a time, all from one version of the blob (its ETag), each checked with the service's MD5, and
 * asked for again if it breaks off.
 *
 * <p><b>Errors.</b> {@code STOP} where only an operator can help: credentials, permissions, network rules, no such container,
 * a wrong customer-provided key; {@link IOException} for the rest, throttling (503, 429) included. Their messages hold the
 * service's error code and request number; no credentials and no address with a query, which is why they have no cause.
 *
 * <p>Thread-safe. Facts: <a
 * href="https://learn.microsoft.com/rest/api/storageservices/specifying-conditional-headers-for-blob-service-operations">conditional
 * headers</a>, <a href="https://learn.microsoft.com/rest/api/storageservices/put-block-list">Put Block List</a>, <a
 * href="https://learn.microsoft.com/azure/storage/blobs/immutable-storage-overview">immutable storage</a>.
 */
public final class AzureBlobStager implements Stager {

    private static final int MAX_NAME = 500;
    private static final String PART = "[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?";
    private static final Pattern NAME = Pattern.compile(PART + "(?:/" + PART + ")*");

    private final BlobContainer container;
    private final BlobStage stage;
    private final RandomGenerator random;
    private final String prefix;
    private final String root;

    AzureBlobStager(BlobContainer container, RandomGenerator random) {
        this.container = container;
        this.random = random;
        this.stage = new BlobStage(container, random);
        this.prefix = container.settings().prefix();
        this.root = container.settings().endpoint() + "/" + container.settings().container() + "/" + prefix;
    }

    /**
     * Starts a stage in a container of a storage account. Needs {@link AzureBlobStagerBuilder#tokens} or another credential.
     *
     * @param account the name of the storage account
     */
    public static AzureBlobStagerBuilder builder(MicrosoftCloud cloud, String account, String container) {
        return new AzureBlobStagerBuilder(cloud.blobEndpoint(account), cloud.storageScope(), container);
    }

    /**
     * Starts a stage in a container behind an endpoint of its own: a custom domain, a private endpoint, or an emulator.
     *
     * @param endpoint such as {@code https://account.blob.core.windows.net}, or {@code http://127.0.0.1:10000/account} for an
     *     emulator; without a query
     */
    public static AzureBlobStagerBuilder builder(URI endpoint, String container) {
        return new AzureBlobStagerBuilder(endpoint, MicrosoftCloud.GLOBAL.storageScope(), container);
    }

    @Override
    public StagedObject put(String name, ContentWriter bytes) throws IOException, InterruptedException {
        Objects.requireNonNull(bytes, "bytes");
        return object(requireName(name), stage.put(prefix + name, bytes));
    }

    /**
     * {@inheritDoc}
     *
     * @throws ArchiveException with remedy {@code STOP} where only an operator can help
     * @throws IllegalArgumentException if the object isn't one of this stage
     */
    @Override
    public InputStream open(URI object, long offset, long length) throws IOException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset must not be negative");
        }
        String name = name(object);
        return stage.open(prefix + name, root + name, offset, length);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A page of up to 1,000 objects at a time; the first is fetched here. The digest is null for a blob that somebody else
     * put there, and for one with a customer-provided key, whose metadata a listing doesn't show. Blobs whose names can't be
     * those of staged objects are left out.
     */
    @Override
    public Stream<StagedObject> list(String namePrefix) throws IOException {
        return stage.list(prefix + Objects.requireNonNull(namePrefix, "namePrefix"))
                .filter(listed -> isName(listed.blob().substring(prefix.length())))
                .map(listed -> object(listed.blob().substring(prefix.length()), listed.stored()));
    }

    @Override
    public DeleteResult delete(URI object) throws IOException, InterruptedException {
        return stage.delete(prefix + name(object));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Lists the container, sends a block that never becomes an object, compares clocks, and asks whether the container
     * supports the protection that is to be set.
     */
    @Override
    public List<Check> preflight() throws InterruptedException {
        return BlobCheck.of(container, random);
    }

    /** Shows the container, and nothing of the credentials. */
    @Override
    public String toString() {
        return "AzureBlobStager[" + container.settings().container() + "]";
    }

    private StagedObject object(String name, BlobStage.Stored stored) {
        return new StagedObject(name, URI.create(root + name), stored.size(), stored.sha256());
    }

    private String name(URI object) {
        String text = object.toString();
        if (!text.startsWith(root)) {
            throw new IllegalArgumentException("not an object of this stage");
        }
        return requireName(text.substring(root.length()));
    }

    private static String requireName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("not a name of a staged object");
        }
        return name;
    }

    private static boolean isName(String name) {
        return name.length() <= MAX_NAME && NAME.matcher(name).matches();
    }
}
