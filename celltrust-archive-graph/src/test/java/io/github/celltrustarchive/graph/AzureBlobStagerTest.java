// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.graph.StubBlobService.Fault;
import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.DeleteResult;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.StagedObject;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Putting, listing and deleting, with what goes wrong on the way. */
class AzureBlobStagerTest extends BlobStageFixture {

    @Test
    void smallObjectIsOneConditionalPutWithItsDigests() throws Exception {
        StagedObject object =
                put(builder().prefix("celltrust/").tags(Map.of("site", "north")).build(), "packs/1.zip", SMALL);

        assertThat(service.seen).hasSize(1);
        StubBlobService.Seen put = service.seen.get(0);
        assertThat(put.operation()).isEqualTo("PutBlob");
        assertThat(put.blob()).isEqualTo("celltrust/packs/1.zip");
        assertThat(put.header("If-None-Match")).isEqualTo("*");
        assertThat(put.header("Content-MD5")).isNotEmpty();
        assertThat(put.header("x-ms-meta-sha256")).isEqualTo(object.sha256());
        assertThat(put.header("x-ms-tags")).isEqualTo("site=north");
        assertThat(put.header("x-ms-version")).isEqualTo("2025-11-05");
        assertThat(object.uri()).isEqualTo(URI.create(service.endpoint() + "/stage/celltrust/packs/1.zip"));
    }

    @Test
    void largeObjectIsBlocksWithTheirMd5AndOneConditionalList() throws Exception {
        StagedObject object = put(builder().build(), "packs/1.zip", LARGE);

        assertThat(service.seen("PutBlock"))
                .hasSize(6)
                .allSatisfy(block -> assertThat(block.header("Content-MD5")).isNotEmpty());
        assertThat(service.seen("PutBlockList")).singleElement().satisfies(list -> {
            assertThat(list.header("If-None-Match")).isEqualTo("*");
            assertThat(list.header("x-ms-meta-sha256")).isEqualTo(object.sha256());
            assertThat(list.header("x-ms-blob-content-md5")).isNotEmpty();
        });
        assertThat(service.blobs.get("packs/1.zip").bytes()).isEqualTo(LARGE);
    }

    @Test
    void objectOfExactlyOneBlockIsOnePut() throws Exception {
        put(builder().build(), "packs/1.zip", bytes(3, BLOCK));

        assertThat(service.seen).extracting(StubBlobService.Seen::operation).containsExactly("PutBlob");
    }

    @Test
    void bytesWrittenOneByOneAreTheSameObject() throws Exception {
        AzureBlobStager stager = builder().build();

        StagedObject object = stager.put("packs/1.zip", out -> {
            for (byte b : LARGE) {
                out.write(b);
            }
        });

        assertThat(object).isEqualTo(put(stager, "packs/1.zip", LARGE));
    }

    @ParameterizedTest
    @CsvSource({"PutBlob,1000", "PutBlockList,200000"})
    void lostAnswerIsFoundByLooking(String operation, int size) throws Exception {
        service.next(operation, Fault.lost());

        StagedObject object = put(builder().build(), "packs/1.zip", bytes(4, size));

        assertThat(object.size()).isEqualTo(size);
        assertThat(service.seen("Head")).hasSize(1);
        assertThat(names(builder().build(), "")).containsExactly("packs/1.zip");
    }

    @ParameterizedTest
    @CsvSource({"PutBlob,1000", "PutBlockList,200000", "PutBlock,200000"})
    void brokenConnectionIsToldAndLeavesTheNameFree(String operation, int size) throws Exception {
        service.next(operation, Fault.broken());
        AzureBlobStager stager = builder().build();
        byte[] bytes = bytes(4, size);

        assertThatThrownBy(() -> put(stager, "packs/1.zip", bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no whole answer");
        assertThat(names(stager, "")).isEmpty();
        assertThat(put(stager, "packs/1.zip", bytes).size()).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 200_000})
    void takenNameIsRefusedUnlessTheBytesAreEqual(int size) throws Exception {
        AzureBlobStager stager = builder().build();
        StagedObject first = put(stager, "packs/1.zip", bytes(5, size));

        assertThat(put(stager, "packs/1.zip", bytes(5, size))).isEqualTo(first);
        assertStops(() -> put(stager, "packs/1.zip", bytes(6, size)), "is taken by other bytes");
        assertThat(read(stager, first, 0, -1)).isEqualTo(bytes(5, size));
    }

    @ParameterizedTest
    @CsvSource({"409,BlobImmutableDueToPolicy", "409,BlobImmutableDueToLegalHold", "412,LeaseIdMissing"})
    void refusalOfABlockMeansToLookWhatLiesThere(int status, String code) throws Exception {
        AzureBlobStager stager = builder().build();
        StagedObject first = put(stager, "packs/1.zip", LARGE);

        refuseNext("PutBlock", status, code);
        assertThat(put(stager, "packs/1.zip", LARGE)).isEqualTo(first);
        refuseNext("PutBlock", status, code);
        assertStops(() -> put(stager, "packs/1.zip", bytes(7, LARGE.length)), "is taken by other bytes");
    }

    @Test
    void conflictWithNothingThereIsTriedAgainLater() {
        refuseNext("PutBlob", 409, "BlobAlreadyExists");

        assertThatThrownBy(() -> put(builder().build(), "packs/1.zip", SMALL))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("BlobAlreadyExists");
    }

    @Test
    void objectThatSomebodyElseLeftWithoutDigestIsRead() throws Exception {
        service.blobs.put("packs/1.zip", new StubBlobs.Blob(LARGE, Map.of(), "\"9\""));
        AzureBlobStager stager = builder().build();

        assertThat(put(stager, "packs/1.zip", LARGE).sha256())
                .isEqualTo(DigestedContent.of(Content.of(LARGE)).sha256());
        assertStops(() -> put(stager, "packs/1.zip", bytes(8, LARGE.length)), "is taken by other bytes");
    }

    @Test
    void twoPutsOfOtherBytesUnderOneNameNeverMix() throws Exception {
        byte[] others = bytes(9, LARGE.length);
        AzureBlobStager stager = builder().build();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CyclicBarrier halfway = new CyclicBarrier(2);
        try {
            List<Future<StagedObject>> puts = Stream.of(LARGE, others)
                    .map(bytes -> threads.submit(() -> stager.put("packs/1.zip", out -> {
                        out.write(bytes, 0, 3 * BLOCK);
                        meet(halfway);
                        out.write(bytes, 3 * BLOCK, bytes.length - 3 * BLOCK);
                    })))
                    .toList();

            int refused = 0;
            for (Future<StagedObject> put : puts) {
                try {
                    put.get();
                } catch (java.util.concurrent.ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(ArchiveException.class);
                    refused++;
                }
            }

            assertThat(refused).isEqualTo(1);
            assertThat(service.blobs.get("packs/1.zip").bytes()).isIn(LARGE, others);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void meet(CyclicBarrier barrier) throws IOException {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Test
    void putThatDiesBetweenBlocksAndListLeavesNothingListed() throws Exception {
        AzureBlobStager stager = builder().build();

        assertThatThrownBy(() -> stager.put("packs/1.zip", out -> {
                    out.write(LARGE);
                    throw new StackOverflowError("the process dies");
                }))
                .isInstanceOf(StackOverflowError.class);

        assertThat(service.seen("PutBlock")).isNotEmpty();
        assertThat(service.seen("PutBlockList")).isEmpty();
        assertThat(names(stager, "")).isEmpty();
        assertThat(put(stager, "packs/1.zip", SMALL).size()).isEqualTo(SMALL.length);
    }

    @Test
    void writerThatGoesOnAfterAFailedBlockStoresNothing() {
        AzureBlobStager stager = builder().concurrency(1).build();
        refuseNext("PutBlock", 503, "ServerBusy");

        assertThatThrownBy(() -> stager.put("packs/1.zip", out -> {
                    for (int i = 0; i < 4; i++) {
                        try {
                            out.write(LARGE);
                        } catch (IOException e) {
                            // a writer that doesn't care
                        }
                    }
                }))
                .isInstanceOf(IOException.class);

        assertThat(service.blobs).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 200_000})
    void interruptedPutIsAnInterruptionWhateverTheWriterMakesOfIt(int size) {
        AzureBlobStager stager = builder().concurrency(1).build();

        assertThatThrownBy(() -> stager.put("packs/1.zip", out -> {
                    Thread.currentThread().interrupt();
                    try {
                        out.write(bytes(1, size));
                    } catch (IOException e) {
                        throw new IllegalStateException("wrapped", e);
                    }
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void bytesDamagedOnTheWayAreRefusedAndTriedAgainLater() {
        refuseNext("PutBlob", 400, "Md5Mismatch");

        assertThatThrownBy(() -> put(builder().build(), "packs/1.zip", SMALL))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Md5Mismatch");
    }

    @ParameterizedTest
    @CsvSource({"503,ServerBusy", "429,TooManyRequests", "500,InternalError", "500,OperationTimedOut"})
    void busyServiceIsTriedAgainLater(int status, String code) {
        refuseNext("PutBlob", status, code);

        assertThatThrownBy(() -> put(builder().build(), "packs/1.zip", SMALL))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("answered " + status + " " + code);
    }

    @Test
    void requestsAreTriedAsOftenAsIsSet() throws Exception {
        service.next("PutBlock", Fault.broken(), Fault.refused(503, "ServerBusy"));

        put(builder().tries(3).build(), "packs/1.zip", LARGE);

        assertThat(service.blobs.get("packs/1.zip").bytes()).isEqualTo(LARGE);
    }

    @ParameterizedTest
    @CsvSource({
        "403,AuthorizationPermissionMismatch,Storage Blob Data Contributor",
        "403,AuthorizationFailure,network rules",
        "403,AuthenticationFailed,credentials are refused",
        "401,NoAuthenticationInformation,credentials are refused",
        "404,ContainerNotFound,create the container",
        "409,ContainerBeingDeleted,create the container",
        "409,BlobUsesCustomerSpecifiedEncryption,customer-provided key",
        "400,InvalidHeaderValue,service version"
    })
    void whatOnlyAnOperatorCanMendStops(int status, String code, String remedy) {
        refuseNext("PutBlob", status, code);
        assertStops(() -> put(builder().build(), "packs/1.zip", SMALL), remedy);

        refuseNext("PutBlock", status, code);
        assertStops(() -> put(builder().build(), "packs/1.zip", LARGE), remedy);
    }

    @Test
    void listingGoesPageByPageWhenItIsNeeded() throws Exception {
        service.pageSize = 2;
        AzureBlobStager stager = builder().prefix("x/").build();
        for (int i = 0; i < 5; i++) {
            put(stager, "a/" + i, SMALL);
        }
        service.blobs.put("x/a/.hidden", new StubBlobs.Blob(SMALL, Map.of(), "\"1\""));
        service.blobs.put("x/a/foreign", new StubBlobs.Blob(SMALL, Map.of(), "\"1\""));
        service.blobs.put("elsewhere", new StubBlobs.Blob(SMALL, Map.of(), "\"1\""));

        try (Stream<StagedObject> objects = stager.list("a/")) {
            assertThat(objects.limit(1).toList()).hasSize(1);
        }
        assertThat(service.seen("List")).hasSize(1);
        try (Stream<StagedObject> objects = stager.list("a")) {
            assertThat(objects)
                    .extracting(o -> o.name() + " " + o.size() + " " + (o.sha256() != null))
                    .containsExactly(
                            "a/0 1000 true",
                            "a/1 1000 true",
                            "a/2 1000 true",
                            "a/3 1000 true",
                            "a/4 1000 true",
                            "a/foreign 1000 false");
        }
    }

    @Test
    void listingThatGoesRoundInACircleIsAnErrorAndEnds() throws Exception {
        AzureBlobStager stager = builder().build();
        put(stager, "a/1", SMALL);
        put(stager, "a/2", SMALL);
        service.pageSize = 1;
        service.ignoresMarker = true;

        try (Stream<StagedObject> objects = stager.list("a/")) {
            assertThatThrownBy(() -> objects.limit(100).toList())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("circle");
        }
    }

    @Test
    void listingThatBreaksOffIsAnErrorAndNoShorterList() throws Exception {
        service.pageSize = 1;
        AzureBlobStager stager = builder().build();
        put(stager, "a/1", SMALL);
        put(stager, "a/2", SMALL);
        service.next("List", Fault.refused(503, "ServerBusy"));
        assertThatThrownBy(() -> stager.list("a/")).isInstanceOf(IOException.class);

        try (Stream<StagedObject> objects = stager.list("a/")) {
            service.next("List", Fault.refused(503, "ServerBusy"));
            assertThatThrownBy(objects::toList).isInstanceOf(UncheckedIOException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "409,BlobImmutableDueToPolicy",
        "409,BlobImmutableDueToLegalHold",
        "409,LegalHold",
        "409,SnapshotsPresent"
    })
    void whatIsRetainedIsNotDeleted(int status, String code) throws Exception {
        AzureBlobStager stager = builder().build();
        StagedObject object = put(stager, "packs/1.zip", SMALL);
        refuseNext("Delete", status, code);

        assertThat(stager.delete(object.uri())).isEqualTo(DeleteResult.RETAINED);
        assertThat(stager.delete(object.uri())).isEqualTo(DeleteResult.DELETED);
        assertThat(stager.delete(object.uri())).isEqualTo(DeleteResult.ABSENT);
    }

    @Test
    void preflightPassesAndLeavesNoObject() throws Exception {
        AzureBlobStager stager = builder().clock(Clock.systemUTC()).build();

        assertThat(stager.preflight()).hasSize(3).extracting(Check::status).containsOnly(Check.Status.PASS);
        assertThat(service.blobs).isEmpty();
    }

    @Test
    void preflightTellsWhatIsMissing() throws Exception {
        AzureBlobStager stager = builder()
                .clock(Clock.offset(Clock.systemUTC(), Duration.ofHours(1)))
                .build();
        refuseNext("List", 404, "ContainerNotFound");
        assertThat(stager.preflight()).singleElement().satisfies(check -> {
            assertThat(check.status()).isEqualTo(Check.Status.FAIL);
            assertThat(check.remedy()).contains("create the container");
        });

        refuseNext("PutBlock", 403, "AuthorizationPermissionMismatch");
        assertThat(stager.preflight())
                .extracting(Check::status)
                .containsExactly(Check.Status.PASS, Check.Status.FAIL, Check.Status.FAIL);
    }

    @Test
    void containerIsMadeOnlyIfTheStageMay() throws Exception {
        put(builder().build(), "packs/1.zip", SMALL);
        assertThat(service.seen("CreateContainer")).isEmpty();

        AzureBlobStager stager = builder().createContainer(true).build();
        put(stager, "packs/1.zip", SMALL);
        put(stager, "packs/2.zip", SMALL);
        assertThat(service.seen("CreateContainer")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "../a", "a/.b", "a/-b", "a.", "a./b", "a b", "a?b", "a%2Fb", "ä"})
    void namesThatTheServiceWouldBendAreRefused(String name) {
        assertThatThrownBy(() -> put(builder().build(), name, SMALL)).isInstanceOf(IllegalArgumentException.class);
        assertThat(service.seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example/account/stage/a", "http://127.0.0.1/account/stage/a", "stage:/a", "a"})
    void addressesElsewhereAreRefused(URI address) {
        AzureBlobStager stager = builder().build();

        assertThatThrownBy(() -> stager.open(address, 0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> stager.delete(address)).isInstanceOf(IllegalArgumentException.class);
        assertThat(service.seen).isEmpty();
    }

    static void assertStops(ThrowingCallable action, String message) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.STOP))
                .hasMessageContaining(message)
                .hasNoCause();
    }
}
