// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import static io.github.celltrustarchive.graph.AzureBlobStagerTest.assertStops;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.DeleteResult;
import io.github.celltrustarchive.model.StagedObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Retention and legal hold: set with the object and read back, never assumed. */
class AzureBlobProtectionTest extends BlobStageFixture {

    private static final Duration SEVEN_YEARS = Duration.ofDays(7 * 365 + 2);

    static List<byte[]> sizes() {
        return List.of(SMALL, LARGE);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void retentionAndLegalHoldAreSetWithTheObjectAndReadBack(byte[] bytes) throws Exception {
        AzureBlobStager stager =
                builder().lockedRetention(SEVEN_YEARS).legalHold(true).build();

        StagedObject object = put(stager, "packs/1.zip", bytes);

        assertThat(service.blobs.get("packs/1.zip").headers())
                .containsEntry("x-ms-immutability-policy-until-date", "Sun, 20 Nov 2033 10:00:00 GMT")
                .containsEntry("x-ms-legal-hold", "true");
        assertThat(service.seen("Head")).hasSize(1);
        assertThat(stager.delete(object.uri())).isEqualTo(DeleteResult.RETAINED);
        assertThat(put(stager, "packs/1.zip", bytes)).isEqualTo(object);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void legalHoldThatTheServiceIgnoresIsNoticed(byte[] bytes) {
        service.ignoresProtection = true;

        assertStops(
                () -> put(builder().legalHold(true).build(), "packs/1.zip", bytes),
                "is stored, but not with a legal hold, as read back");
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void retentionThatTheServiceIgnoresIsNoticed(byte[] bytes) {
        service.ignoresProtection = true;

        assertStops(
                () -> put(builder().unlockedRetention(SEVEN_YEARS).build(), "packs/1.zip", bytes),
                "not with an immutability policy");
    }

    @Test
    void unlockedPolicyIsNotALockedOne() throws Exception {
        put(builder().unlockedRetention(SEVEN_YEARS).build(), "packs/1.zip", SMALL);

        assertStops(
                () -> put(builder().lockedRetention(SEVEN_YEARS).build(), "packs/1.zip", SMALL),
                "not with a locked immutability policy");
    }

    @Test
    void shorterPolicyIsNotEnough() throws Exception {
        put(builder().lockedRetention(Duration.ofDays(30)).build(), "packs/1.zip", SMALL);

        assertStops(
                () -> put(builder().lockedRetention(SEVEN_YEARS).build(), "packs/1.zip", SMALL),
                "not with an immutability policy that lasts");
    }

    @Test
    void objectThatWasStoredWithoutProtectionIsNotTakenForOneThatHasIt() throws Exception {
        put(builder().build(), "packs/1.zip", SMALL);

        assertStops(() -> put(builder().legalHold(true).build(), "packs/1.zip", SMALL), "not with a legal hold");
    }

    @Test
    void roleThatMustNotDeleteRetainsWhereTheStageProtects() throws Exception {
        AzureBlobStager protecting = builder().legalHold(true).build();
        StagedObject object = put(protecting, "packs/1.zip", SMALL);

        refuseNext("Delete", 403, "AuthorizationPermissionMismatch");
        assertThat(protecting.delete(object.uri())).isEqualTo(DeleteResult.RETAINED);
        refuseNext("Delete", 403, "AuthorizationPermissionMismatch");
        assertStops(() -> builder().build().delete(object.uri()), "Storage Blob Data Contributor");
    }

    @Test
    void nothingIsReadBackWhereNothingIsSet() throws Exception {
        put(builder().build(), "packs/1.zip", SMALL);

        assertThat(service.seen("Head")).isEmpty();
        assertThat(service.blobs.get("packs/1.zip").headers()).containsOnlyKeys("x-ms-meta-sha256");
    }

    @Test
    void preflightTellsWhetherTheContainerSupportsIt() throws Exception {
        AzureBlobStager stager = builder().lockedRetention(SEVEN_YEARS).build();
        assertThat(last(stager.preflight()).status()).isEqualTo(Check.Status.PASS);

        service.versionLevelImmutability = false;
        assertThat(last(stager.preflight()).status()).isEqualTo(Check.Status.FAIL);

        refuseNext("Container", 403, "AuthorizationPermissionMismatch");
        assertThat(last(stager.preflight()).status()).isEqualTo(Check.Status.WARN);
    }

    private static Check last(List<Check> checks) {
        return checks.get(checks.size() - 1);
    }

    @Test
    void deletedContentIsNotReportedAsRetained() throws Exception {
        AzureBlobStager stager = builder().legalHold(true).build();
        service.blobs.put("packs/1.zip", new StubBlobs.Blob(SMALL, Map.of(), "\"1\""));

        StagedObject object = stager.list("").findFirst().orElseThrow();
        assertThat(stager.delete(object.uri())).isEqualTo(DeleteResult.DELETED);
    }
}
