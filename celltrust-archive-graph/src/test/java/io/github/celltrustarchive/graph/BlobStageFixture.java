// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import io.github.celltrustarchive.graph.StubBlobService.Fault;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.model.StagedObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A stub of blob storage, and stages in it that try every request once. */
abstract class BlobStageFixture {

    static final int BLOCK = 64 * 1024;
    static final String SAS = "sv=2025-11-05&sp=rcwl&sig=Y2FuYXJ5";

    /** Fits into one block. */
    static final byte[] SMALL = bytes(1, 1000);

    /** Five blocks and a bit. */
    static final byte[] LARGE = bytes(2, 5 * BLOCK + 17);

    StubBlobService service;

    @BeforeEach
    final void startService() throws IOException {
        service = new StubBlobService(null);
    }

    @AfterEach
    final void stopService() {
        service.close();
    }

    AzureBlobStagerBuilder builder() {
        return AzureBlobStager.builder(service.endpoint(), StubBlobService.CONTAINER)
                .sas(Secret.of(SAS))
                .blockBytes(BLOCK)
                .tries(1)
                .timeout(Duration.ofSeconds(20))
                .clock(Clock.fixed(StubBlobService.CREATED, ZoneOffset.UTC));
    }

    static StagedObject put(AzureBlobStager stager, String name, byte[] bytes) throws Exception {
        return stager.put(name, out -> out.write(bytes));
    }

    static byte[] read(AzureBlobStager stager, StagedObject object, long offset, long length) throws IOException {
        try (InputStream in = stager.open(object.uri(), offset, length)) {
            return in.readAllBytes();
        }
    }

    static List<String> names(AzureBlobStager stager, String prefix) throws IOException {
        try (Stream<StagedObject> objects = stager.list(prefix)) {
            return objects.map(StagedObject::name).toList();
        }
    }

    static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    void refuseNext(String operation, int status, String code) {
        service.next(operation, Fault.refused(status, code));
    }
}
