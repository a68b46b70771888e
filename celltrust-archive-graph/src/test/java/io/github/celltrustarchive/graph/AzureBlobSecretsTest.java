// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.graph.StubBlobService.Fault;
import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.model.StagedObject;
import io.github.celltrustarchive.testkit.LoopbackTls;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Canaries as signature, token and keys, and every operation failing in every way: none may be seen. */
class AzureBlobSecretsTest extends BlobStageFixture {

    private static final String CANARY = "CanaryBird";
    private static final String CANARY_KEY = Base64.getEncoder()
            .encodeToString(
                    (CANARY + "CanaryBirdCanaryBirdCan").substring(0, 32).getBytes(StandardCharsets.US_ASCII));

    private static final List<Fault> FAULTS = List.of(
            Fault.refused(400, "InvalidHeaderValue"),
            Fault.refused(401, "InvalidAuthenticationInfo"),
            Fault.refused(403, "AuthenticationFailed"),
            Fault.refused(404, "ContainerNotFound"),
            Fault.refused(409, "BlobImmutableDueToPolicy"),
            Fault.refused(412, "ConditionNotMet"),
            Fault.refused(416, "InvalidRange"),
            Fault.refused(429, ""),
            Fault.refused(500, "InternalError"),
            Fault.refused(503, "ServerBusy"),
            Fault.broken(),
            Fault.cut(1));

    @TempDir
    static Path folder;

    private final List<String> seen = new ArrayList<>();
    private LoopbackTls tls;

    @BeforeEach
    void makeCertificate() throws Exception {
        tls = LoopbackTls.create(folder);
    }

    @Test
    void noSecretIsSeenWhateverFails() throws Exception {
        try (StubBlobService secure = new StubBlobService(tls)) {
            HttpClient client =
                    HttpClient.newBuilder().sslContext(tls.context()).build();
            failEverything(service, builder().sas(Secret.of("sv=1&sig=" + CANARY)));
            failEverything(service, builder().accountKey("account", Secret.of(CANARY_KEY)));
            failEverything(
                    secure,
                    AzureBlobStager.builder(secure.endpoint(), StubBlobService.CONTAINER)
                            .httpClient(client)
                            .tokens((scope, refused) -> new AccessToken(CANARY, Instant.parse("2026-11-20T11:00:00Z")))
                            .customerProvidedKey(Secret.of(CANARY_KEY))
                            .blockBytes(BLOCK)
                            .tries(1));
        }
        nobodyThere(AzureBlobStager.builder(URI.create("http://127.0.0.1:1/account"), "stage")
                .sas(Secret.of("sv=1&sig=" + CANARY))
                .tries(1));

        assertThat(seen)
                .hasSizeGreaterThan(150)
                .noneMatch(text -> text.contains(CANARY) || text.contains(CANARY_KEY) || text.contains("sig="));
        String log = System.getProperty("org.slf4j.simpleLogger.logFile");
        Assumptions.assumeTrue(log != null, "run by Maven, which has all logs written to a file");
        assertThat(Files.readString(Path.of(log)))
                .contains("com.azure")
                .doesNotContain(CANARY)
                .doesNotContain(CANARY_KEY);
    }

    private void failEverything(StubBlobService target, AzureBlobStagerBuilder builder) throws Exception {
        AzureBlobStager stager = builder.build();
        seen.add(stager.toString());
        StagedObject object = put(stager, "packs/1.zip", LARGE);
        seen.add(object.toString());
        for (Fault fault : FAULTS) {
            for (String operation : List.of("PutBlob", "PutBlock", "PutBlockList", "Get", "List", "Delete")) {
                target.next(operation, fault, fault); // a second time after a new token
            }
            target.next("Head", fault);
            tell(() -> put(stager, "packs/2.zip", SMALL));
            tell(() -> put(stager, "packs/3.zip", bytes(1, LARGE.length)));
            tell(() -> read(stager, object, 0, 100));
            tell(() -> read(stager, object, 0, 0));
            tell(() -> names(stager, ""));
            tell(() -> stager.delete(object.uri()));
            for (Check check : stager.preflight()) {
                seen.add(check.what() + check.remedy());
            }
            target.forgetFaults();
            target.blobs.keySet().removeIf(name -> !name.equals("packs/1.zip"));
            put(stager, "packs/1.zip", LARGE);
        }
    }

    private void nobodyThere(AzureBlobStagerBuilder builder) throws Exception {
        AzureBlobStager stager = builder.build();
        tell(() -> put(stager, "packs/1.zip", SMALL));
        tell(() -> names(stager, ""));
        for (Check check : stager.preflight()) {
            seen.add(check.what() + check.remedy());
        }
    }

    private interface Action {
        Object run() throws Exception;
    }

    private void tell(Action action) {
        try {
            seen.add(String.valueOf(action.run()));
        } catch (Exception e) {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            seen.add(text.toString());
            Stream.iterate((Throwable) e, t -> t != null, Throwable::getCause)
                    .forEach(t -> assertThat(t.getClass().getName()).doesNotContain("com.azure"));
        }
    }
}
