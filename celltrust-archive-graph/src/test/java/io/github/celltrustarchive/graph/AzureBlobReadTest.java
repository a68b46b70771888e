// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import static io.github.celltrustarchive.graph.AzureBlobStagerTest.assertStops;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.graph.StubBlobService.Fault;
import io.github.celltrustarchive.model.StagedObject;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading: the bytes that were put, or an error, never fewer. */
class AzureBlobReadTest extends BlobStageFixture {

    private AzureBlobStager stager;
    private StagedObject object;

    @BeforeEach
    void putAnObject() throws Exception {
        stager = builder().build();
        object = put(stager, "packs/1.zip", LARGE);
        service.seen.clear();
    }

    @Test
    void rangeWithinABlockIsOneRequest() throws Exception {
        assertThat(read(stager, object, 70_000, 500)).isEqualTo(Arrays.copyOfRange(LARGE, 70_000, 70_500));

        assertThat(service.seen).singleElement().satisfies(get -> {
            assertThat(get.header("x-ms-range")).isEqualTo("bytes=70000-70499");
            assertThat(get.header("x-ms-range-get-content-md5")).isEqualTo("true");
        });
    }

    @ParameterizedTest
    @CsvSource({"0,-1", "1,-1", "65535,65538", "327696,1", "327697,0", "327697,-1", "0,0"})
    void everyRangeIsExact(long offset, long length) throws Exception {
        long end = length < 0 ? LARGE.length : offset + length;

        assertThat(read(stager, object, offset, length)).isEqualTo(Arrays.copyOfRange(LARGE, (int) offset, (int) end));
    }

    @ParameterizedTest
    @CsvSource({"0,327698", "327697,1", "327698,-1", "327698,0", "1,9223372036854775807"})
    void rangeBeyondTheEndIsAnError(long offset, long length) {
        assertThatThrownBy(() -> read(stager, object, offset, length)).isInstanceOf(EOFException.class);
    }

    @Test
    void absentObjectIsNoSuchFile() throws Exception {
        stager.delete(object.uri());

        for (long length : new long[] {-1, 0, 5}) {
            assertThatThrownBy(() -> read(stager, object, 0, length))
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessage(object.uri().toString())
                    .hasNoCause();
        }
    }

    @Test
    void absentContainerStops() {
        refuseNext("Get", 404, "ContainerNotFound");

        assertStops(() -> read(stager, object, 0, -1), "create the container");
    }

    @Test
    void bodyThatBreaksOffIsAnError() {
        service.next("Get", Fault.cut(1000));

        assertThatThrownBy(() -> read(stager, object, 0, -1)).isInstanceOf(IOException.class);
    }

    @Test
    void bodyThatBreaksOffIsAskedForAgainIfTriesAreLeft() throws Exception {
        service.next("Get", Fault.cut(1000));
        AzureBlobStager patient = builder().tries(2).build();

        assertThat(read(patient, object, 0, -1)).isEqualTo(LARGE);
    }

    @Test
    void bytesDamagedOnTheWayAreAnError() throws Exception {
        try (InputStream in = stager.open(object.uri(), 0, -1)) {
            service.next("Get", Fault.damaged());

            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class).hasMessageContaining("MD5 differs");
        }
    }

    @Test
    void objectThatChangesWhileItIsReadIsAnError() throws Exception {
        try (InputStream in = stager.open(object.uri(), 0, -1)) {
            service.blobs.put(
                    "packs/1.zip", new StubBlobs.Blob(bytes(99, LARGE.length), java.util.Map.of(), "\"another\""));

            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("412 ConditionNotMet");
        }
    }

    @Test
    void interruptedReadKeepsTheInterruption() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> read(stager, object, 0, -1)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void busyServiceIsTriedAgainLater() {
        refuseNext("Get", 503, "ServerBusy");

        assertThatThrownBy(() -> read(stager, object, 0, 10)).isInstanceOf(IOException.class);
    }
}
