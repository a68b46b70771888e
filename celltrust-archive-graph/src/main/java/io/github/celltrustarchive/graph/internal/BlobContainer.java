// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.azure.core.http.rest.PagedResponse;
import com.azure.core.http.rest.Response;
import com.azure.core.util.BinaryData;
import com.azure.core.util.ClientOptions;
import com.azure.core.util.Configuration;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.blob.models.BlobContainerProperties;
import com.azure.storage.blob.models.BlobDownloadContentAsyncResponse;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobImmutabilityPolicy;
import com.azure.storage.blob.models.BlobImmutabilityPolicyMode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.CustomerProvidedKey;
import com.azure.storage.blob.models.DownloadRetryOptions;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlobDownloadContentOptions;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockOptions;
import com.azure.storage.blob.specialized.BlockBlobAsyncClient;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests that a stage makes to one container, each in the words of the Azure SDK. Its own retries are harmless: every
 * write is create-if-absent or a block that nobody sees yet. Thread-safe.
 *
 * <p>Facts: <a href="https://learn.microsoft.com/rest/api/storageservices/put-block-list">Put Block List</a>, <a
 * href="https://learn.microsoft.com/rest/api/storageservices/put-blob">Put Blob</a>, <a
 * href="https://learn.microsoft.com/rest/api/storageservices/get-blob">Get Blob</a>, <a
 * href="https://learn.microsoft.com/rest/api/storageservices/list-blobs">List Blobs</a>.
 */
public final class BlobContainer {

    /** The metadata that holds the digest. */
    static final String SHA256 = "sha256";

    private static final String DIGEST = "[0-9a-f]{64}";
    private static final int KEY_BYTES = 32;
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
    private static final BlobRequestConditions IF_ABSENT = new BlobRequestConditions().setIfNoneMatch("*");

    private final BlobSettings settings;
    private final BlobCredential credential;
    private final @Nullable Secret customerKey;
    private final BlobCalls calls;
    private final Clock clock;
    private volatile @Nullable BlobContainerAsyncClient client;

    /** Asks nothing yet; keys are read at the first request. */
    public BlobContainer(BlobSettings settings, BlobCredential credential, @Nullable Secret customerKey, Clock clock) {
        this.settings = settings;
        this.credential = credential;
        this.customerKey = customerKey;
        this.clock = clock;
        this.calls =
                new BlobCalls(credential, settings.timeout().plus(LONGEST_DELAY).multipliedBy(settings.tries()));
    }

    public BlobSettings settings() {
        return settings;
    }

    Clock clock() {
        return clock;
    }

    /** Makes the container; one that is there already is fine. */
    void create() throws IOException {
        BlobContainerAsyncClient container = client();
        calls.callIo("create container", container::createIfNotExists);
    }

    /** Sends one block, which nobody sees before {@link #commit}. */
    BlobCalls.Pending<Response<Void>> stage(String blob, String blockId, ByteBuffer bytes)
            throws IOException, InterruptedException {
        BlockBlobAsyncClient target = block(blob);
        byte[] md5 = Md5.of(bytes);
        return calls.start(
                "put block of " + blob,
                () -> target.stageBlockWithResponse(
                        new BlockBlobStageBlockOptions(blockId, BinaryData.fromByteBuffer(bytes.duplicate()))
                                .setContentMd5(md5)));
    }

    /** Makes a blob of its blocks, if the name is free. */
    void commit(String blob, List<String> blockIds, String sha256, byte[] md5)
            throws IOException, InterruptedException {
        BlockBlobAsyncClient target = block(blob);
        BlockBlobCommitBlockListOptions options = new BlockBlobCommitBlockListOptions(blockIds)
                .setRequestConditions(IF_ABSENT)
                .setMetadata(Map.of(SHA256, sha256))
                .setHeaders(headers(md5))
                .setTags(tags())
                .setImmutabilityPolicy(retention())
                .setLegalHold(legalHold());
        calls.call("put block list of " + blob, () -> target.commitBlockListWithResponse(options));
    }

    /** Makes a blob in one request, if the name is free. */
    void upload(String blob, ByteBuffer bytes, String sha256) throws IOException, InterruptedException {
        BlockBlobAsyncClient target = block(blob);
        byte[] md5 = Md5.of(bytes);
        calls.call(
                "put " + blob,
                () -> target.uploadWithResponse(
                        new BlockBlobSimpleUploadOptions(BinaryData.fromByteBuffer(bytes.duplicate()))
                                .setRequestConditions(IF_ABSENT)
                                .setContentMd5(md5)
                                .setMetadata(Map.of(SHA256, sha256))
                                .setHeaders(headers(md5))
                                .setTags(tags())
                                .setImmutabilityPolicy(retention())
                                .setLegalHold(legalHold())));
    }

    /** What is known of a blob; null if there is none. */
    @Nullable
    BlobFacts head(String blob) throws IOException {
        BlockBlobAsyncClient target = block(blob);
        try {
            return facts(calls.callIo("look at " + blob, () -> target.getPropertiesWithResponse(null))
                    .getValue());
        } catch (BlobException e) {
            if (e.absent()) {
                return null;
            }
            throw e;
        }
    }

    /**
     * Up to so many bytes of a blob, at least one, checked with the service's MD5 where it gives one.
     *
     * @param etag the blob must still have; null for any
     */
    BlobBytes read(String blob, long offset, int count, @Nullable String etag) throws IOException {
        BlockBlobAsyncClient target = block(blob);
        String what = "get " + blob;
        BlobDownloadContentOptions options = new BlobDownloadContentOptions()
                .setRange(new BlobRange(offset, (long) count))
                .setRequestConditions(new BlobRequestConditions().setIfMatch(etag))
                .setRetrieveContentRangeMd5(true)
                .setDownloadRetryOptions(new DownloadRetryOptions().setMaxRetryRequests(settings.tries() - 1));
        BlobDownloadContentAsyncResponse response =
                calls.callIo(what, () -> target.downloadContentWithResponse(options));
        return BlobBytes.of(what, offset, count, response);
    }

    /** One page of a listing; the first if the token is null. */
    PagedResponse<BlobItem> list(String prefix, int size, @Nullable String token) throws IOException {
        BlobContainerAsyncClient container = client();
        ListBlobsOptions options = new ListBlobsOptions()
                .setPrefix(prefix)
                .setMaxResultsPerPage(size)
                .setDetails(new BlobListDetails().setRetrieveMetadata(true));
        return calls.callIo(
                "list objects",
                () -> container.listBlobs(options, token).byPage(size).next());
    }

    /** Deletes a blob, or throws why not. */
    void delete(String blob) throws IOException, InterruptedException {
        BlockBlobAsyncClient target = block(blob);
        calls.call("delete " + blob, () -> target.deleteWithResponse(null, null));
    }

    /** What is known of the container itself. */
    BlobContainerProperties properties() throws IOException {
        BlobContainerAsyncClient container = client();
        return calls.callIo("look at the container", () -> container.getPropertiesWithResponse(null))
                .getValue();
    }

    /** The digest in a blob's metadata; null if there is none that looks like one. */
    static @Nullable String sha256(@Nullable Map<String, String> metadata) {
        if (metadata == null) {
            return null;
        }
        return metadata.entrySet().stream()
                .filter(e -> e.getKey().equalsIgnoreCase(SHA256) && e.getValue().matches(DIGEST))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static BlobFacts facts(BlobProperties blob) {
        BlobImmutabilityPolicy policy = blob.getImmutabilityPolicy();
        OffsetDateTime until = policy == null ? null : policy.getExpiryTime();
        OffsetDateTime created = blob.getCreationTime() == null ? blob.getLastModified() : blob.getCreationTime();
        return new BlobFacts(
                blob.getBlobSize(),
                sha256(blob.getMetadata()),
                blob.getETag(),
                created == null ? Instant.MAX : created.toInstant(),
                until == null ? null : until.toInstant(),
                policy != null && policy.getPolicyMode() == BlobImmutabilityPolicyMode.LOCKED,
                Boolean.TRUE.equals(blob.hasLegalHold()));
    }

    private static BlobHttpHeaders headers(byte[] md5) {
        return new BlobHttpHeaders().setContentType("application/octet-stream").setContentMd5(md5);
    }

    private @Nullable Map<String, String> tags() {
        return settings.tags().isEmpty() ? null : settings.tags();
    }

    private @Nullable BlobImmutabilityPolicy retention() {
        Duration retention = settings.protection().retention();
        if (retention == null) {
            return null;
        }
        return new BlobImmutabilityPolicy()
                .setExpiryTime(clock.instant().plus(retention).atOffset(ZoneOffset.UTC))
                .setPolicyMode(
                        settings.protection().locked()
                                ? BlobImmutabilityPolicyMode.LOCKED
                                : BlobImmutabilityPolicyMode.UNLOCKED);
    }

    private @Nullable Boolean legalHold() {
        return settings.protection().legalHold() ? Boolean.TRUE : null;
    }

    private BlockBlobAsyncClient block(String blob) throws IOException {
        return client().getBlobAsyncClient(blob).getBlockBlobAsyncClient();
    }

    private BlobContainerAsyncClient client() throws IOException {
        BlobContainerAsyncClient made = client;
        if (made == null) {
            made = newClient(); // two threads may make one each: both are good
            client = made;
        }
        return made;
    }

    private BlobContainerAsyncClient newClient() throws IOException {
        BlobContainerClientBuilder builder = new BlobContainerClientBuilder()
                .endpoint(settings.endpoint().toString())
                .containerName(settings.container())
                .serviceVersion(version(settings.serviceVersion()))
                .configuration(Configuration.NONE)
                .clientOptions(new ClientOptions().setApplicationId("celltrust-archive"))
                .httpClient(new BlobHttp(settings.http(), settings.timeout()))
                .retryOptions(new RequestRetryOptions(
                        RetryPolicyType.EXPONENTIAL,
                        settings.tries(),
                        settings.timeout(),
                        FIRST_DELAY,
                        LONGEST_DELAY,
                        null));
        credential.attachTo(builder);
        if (customerKey != null) {
            builder.customerProvidedKey(new CustomerProvidedKey(key(customerKey)));
        }
        return builder.buildAsyncClient();
    }

    private static byte[] key(Secret secret) throws IOException {
        byte[] key = new byte[0];
        try {
            key = Base64.getDecoder().decode(secret.reveal());
        } catch (IllegalArgumentException e) { // the cause would quote it
        }
        if (key.length != KEY_BYTES) {
            throw ArchiveException.stop("blob storage: the customer-provided key must be 256 bits in base64", null);
        }
        return key;
    }

    /** The SDK's constant for a version such as {@code 2025-11-05}. */
    public static BlobServiceVersion version(String text) {
        return BlobServiceVersion.valueOf("V" + text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
