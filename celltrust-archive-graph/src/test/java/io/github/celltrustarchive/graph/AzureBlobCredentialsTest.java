// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import static io.github.celltrustarchive.graph.AzureBlobStagerTest.assertStops;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.graph.StubBlobService.Fault;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.model.StagedObject;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.testkit.LoopbackTls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens, signatures and keys: sent where they belong, and nowhere else. */
class AzureBlobCredentialsTest extends BlobStageFixture {

    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @TempDir
    static Path folder;

    private static LoopbackTls tls;
    private static StubBlobService secure;

    @BeforeAll
    static void startTls() throws Exception {
        tls = LoopbackTls.create(folder);
        secure = new StubBlobService(tls);
    }

    @AfterAll
    static void stopTls() {
        secure.close();
    }

    @BeforeEach
    void forget() {
        secure.seen.clear();
        secure.blobs.clear();
    }

    private static AzureBlobStagerBuilder secureBuilder() {
        return AzureBlobStager.builder(secure.endpoint(), StubBlobService.CONTAINER)
                .httpClient(HttpClient.newBuilder().sslContext(tls.context()).build())
                .blockBytes(BLOCK)
                .tries(1);
    }

    @Test
    void tokenIsSentAsBearer() throws Exception {
        List<String> scopes = new ArrayList<>();
        AzureBlobStager stager = secureBuilder()
                .tokens((scope, refused) -> {
                    scopes.add(scope);
                    return token(1);
                })
                .build();

        put(stager, "packs/1.zip", LARGE);

        assertThat(secure.seen)
                .allSatisfy(s -> assertThat(s.header("Authorization")).isEqualTo("Bearer token-1"));
        assertThat(scopes).containsOnly("https://storage.azure.com/.default");
    }

    @Test
    void refusedTokenIsRenewedOnceAndTheRequestSentAgain() throws Exception {
        AtomicInteger renewals = new AtomicInteger(1);
        AzureBlobStager stager = secureBuilder()
                .tokens((scope, refused) -> {
                    if (refused != null && refused.text().equals("token-" + renewals)) {
                        renewals.incrementAndGet();
                    }
                    return token(renewals.get());
                })
                .build();
        secure.next("PutBlock", Fault.refused(401, "InvalidAuthenticationInfo"));

        put(stager, "packs/1.zip", LARGE);
        assertThat(renewals).hasValue(2);
        assertThat(secure.blobs.get("packs/1.zip").bytes()).isEqualTo(LARGE);

        secure.next(
                "PutBlob",
                Fault.refused(401, "InvalidAuthenticationInfo"),
                Fault.refused(401, "InvalidAuthenticationInfo"));
        assertStops(() -> put(stager, "packs/2.zip", SMALL), "credentials are refused");
    }

    @Test
    void whatTheTokenSourceSaysIsPassedOn() {
        ArchiveException refusal = ArchiveException.stop("the secret has expired", null);
        AzureBlobStager refused = secureBuilder()
                .tokens((scope, r) -> {
                    throw refusal;
                })
                .build();
        AzureBlobStager unreachable = secureBuilder()
                .tokens((scope, r) -> {
                    throw new IOException("the authority doesn't answer");
                })
                .build();

        assertThatThrownBy(() -> put(refused, "packs/1.zip", SMALL)).isSameAs(refusal);
        assertThatThrownBy(() -> put(unreachable, "packs/1.zip", SMALL)).hasMessage("the authority doesn't answer");
        assertThat(secure.seen).isEmpty();
    }

    @Test
    void signatureIsReadAgainBeforeEachRequest() throws Exception {
        Path file = folder.resolve("sas");
        Files.writeString(file, "?sv=1&sig=first\n");
        AzureBlobStager stager = builder().sas(Secret.ofFile(file)).build();
        StagedObject object = put(stager, "packs/1.zip", SMALL);
        Files.writeString(file, "sv=1&sig=second\n");
        read(stager, object, 0, -1);

        assertThat(service.seen)
                .extracting(StubBlobService.Seen::query)
                .containsExactly("sv=1&sig=first", "sv=1&sig=second");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://account.blob.core.windows.net/stage?sv=1&sig=canary",
                "sv=1&sig=can ary",
                "sv=1&sig=can\nary",
                "sv=1",
                "DefaultEndpointsProtocol=https;AccountKey=canary"
            })
    void whatIsNoSignatureStopsWithoutQuotingIt(String text) {
        AzureBlobStager stager = builder().sas(Secret.of(text)).build();

        assertThatThrownBy(() -> put(stager, "packs/1.zip", SMALL))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("isn't one")
                .hasMessageNotContaining("canary")
                .hasNoCause();
        assertThat(service.seen).isEmpty();
    }

    @Test
    void accountKeySigns() throws Exception {
        put(builder().accountKey("account", Secret.of(KEY)).build(), "packs/1.zip", SMALL);

        assertThat(service.seen.get(0).header("Authorization")).startsWith("SharedKey account:");
        assertStops(
                () -> put(builder().accountKey("account", Secret.of("canary!")).build(), "packs/2.zip", SMALL),
                "must be base64");
    }

    @Test
    void customerProvidedKeyGoesWithEveryRequestForBytes() throws Exception {
        AzureBlobStager stager = secureBuilder()
                .sas(Secret.of(SAS))
                .customerProvidedKey(Secret.of(KEY))
                .build();

        StagedObject small = put(stager, "packs/1.zip", SMALL);
        put(stager, "packs/1.zip", SMALL);
        put(stager, "packs/2.zip", LARGE);
        read(stager, small, 0, -1);

        assertThat(secure.seen)
                .extracting(StubBlobService.Seen::operation)
                .contains("PutBlob", "PutBlock", "Head", "Get");
        assertThat(secure.seen).allSatisfy(s -> {
            assertThat(s.header("x-ms-encryption-key")).isEqualTo(KEY);
            assertThat(s.header("x-ms-encryption-algorithm")).isEqualTo("AES256");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary", "Y2FuYXJ5", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg=="})
    void customerProvidedKeyOfAnotherLengthStops(String key) {
        AzureBlobStager stager = secureBuilder()
                .sas(Secret.of(SAS))
                .customerProvidedKey(Secret.of(key))
                .build();

        assertStops(() -> put(stager, "packs/1.zip", SMALL), "must be 256 bits in base64");
    }

    @Test
    void certificateOfSomebodyElseIsNotTrusted() {
        AzureBlobStager stager = AzureBlobStager.builder(secure.endpoint(), StubBlobService.CONTAINER)
                .sas(Secret.of(SAS))
                .tries(1)
                .build();

        assertThatThrownBy(() -> put(stager, "packs/1.zip", SMALL))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("SSLHandshakeException: ")
                .hasMessageContaining("certification path");
        assertThat(secure.seen).isEmpty();
    }

    @Test
    void builderNamesAllThatIsWrong() {
        AzureBlobStagerBuilder wrong = AzureBlobStager.builder(
                        URI.create("https://account.blob.core.windows.net?sv=1&sig=canary"), "Stage")
                .prefix("/x")
                .serviceVersion("1999-01-01")
                .blockBytes(1)
                .concurrency(0)
                .tries(0)
                .timeout(Duration.ofSeconds(Long.MAX_VALUE))
                .lockedRetention(Duration.ofDays(146_001));

        assertThatThrownBy(wrong::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "endpoint",
                        "container's name",
                        "prefix",
                        "serviceVersion",
                        "blockBytes",
                        "concurrency",
                        "tries",
                        "timeout",
                        "retention",
                        "credential")
                .hasMessageNotContaining("canary");
    }

    @Test
    void tokensAndKeysDoNotGoOverPlainHttp() {
        URI remote = URI.create("http://blobs.bank.example");
        assertThatThrownBy(() -> AzureBlobStager.builder(remote, "stage")
                        .sas(Secret.of(SAS))
                        .build())
                .hasMessageContaining("http only for an emulator");
        assertThatThrownBy(() -> builder().tokens((s, r) -> token(1)).build()).hasMessageContaining("need an https");
        assertThatThrownBy(() -> builder().customerProvidedKey(Secret.of(KEY)).build())
                .hasMessageContaining("need an https");
    }

    @Test
    void accountOfACloudIsBelowItsDomain() {
        assertThat(AzureBlobStager.builder(MicrosoftCloud.GCC_HIGH, "bank", "stage")
                        .tokens((s, r) -> token(1))
                        .build())
                .hasToString("AzureBlobStager[stage]");
    }

    private static AccessToken token(int number) {
        return new AccessToken("token-" + number, Instant.parse("2026-11-20T11:00:00Z"));
    }
}
