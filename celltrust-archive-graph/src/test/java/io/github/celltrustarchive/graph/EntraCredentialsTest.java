// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntraCredentialsTest {

    private static final String TENANT = "contoso.example";
    private static final String CLIENT = "11111111-2222-3333-4444-555555555555";
    private static final String CANARY = "canary-secret-7d1f";
    private static final String GRAPH = MicrosoftCloud.GLOBAL.graphScope();

    @TempDir
    static Path folder;

    private static LoopbackTls tls;

    private final ManualClock clock = new ManualClock(Instant.now());
    private TokenEndpoint endpoint;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = LoopbackTls.create(folder);
    }

    @BeforeEach
    void start() throws IOException {
        endpoint = new TokenEndpoint(tls);
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void aClientSecretIsExchangedForATokenWhichIsKept() throws Exception {
        TokenSource tokens = withSecret();

        AccessToken first = tokens.token(GRAPH, null);
        AccessToken second = tokens.token(GRAPH, null);

        assertThat(first.text()).isEqualTo("token-1");
        assertThat(second).isEqualTo(first);
        assertThat(endpoint.paths).containsExactly("/" + TENANT + "/oauth2/v2.0/token");
        assertThat(endpoint.forms.get(0))
                .containsEntry("grant_type", "client_credentials")
                .containsEntry("client_id", CLIENT)
                .containsEntry("client_secret", CANARY)
                .hasEntrySatisfying(
                        "scope", scope -> assertThat(scope.split(" ", -1)).contains(GRAPH));
    }

    @Test
    void eachScopeHasItsOwnToken() throws Exception {
        TokenSource tokens = withSecret();

        AccessToken graph = tokens.token(GRAPH, null);
        AccessToken storage = tokens.token(MicrosoftCloud.GLOBAL.storageScope(), null);

        assertThat(graph).isNotEqualTo(storage);
        assertThat(tokens.token(GRAPH, null)).isEqualTo(graph);
    }

    @Test
    void manyThreadsWhoseTokenIsRefusedCauseOneRenewal() throws Exception {
        TokenSource tokens = withSecret();
        AccessToken refused = tokens.token(GRAPH, null);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Set<AccessToken> given = new HashSet<>();
        try {
            List<Future<AccessToken>> asked = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                asked.add(threads.submit(() -> tokens.token(GRAPH, refused)));
            }
            for (Future<AccessToken> answer : asked) {
                given.add(answer.get());
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(given).singleElement().extracting(AccessToken::text).isEqualTo("token-2");
        assertThat(endpoint.forms).hasSize(2);
    }

    @Test
    void refusedCredentialsEndTheRunAndShowNoSecret() {
        endpoint.status = 401;
        endpoint.body = "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client secret "
                + CANARY + "\",\"error_codes\":[7000215]}";

        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() -> withSecret().token(GRAPH, null))
                .matches(e -> e.remedy() == ArchiveException.Remedy.STOP)
                .withMessageContaining("invalid_client, AADSTS7000215")
                .withNoCause()
                .satisfies(e -> assertThat(e.toString()).doesNotContain(CANARY));
    }

    @Test
    void anAuthorityInTroubleIsAskedAgainLater() {
        for (int status : new int[] {429, 500, 503}) {
            endpoint.status = status;
            endpoint.body = "{\"error\":\"temporarily_unavailable\",\"error_description\":\"AADSTS90033\"}";

            assertThatExceptionOfType(IOException.class)
                    .as("status %s", status)
                    .isThrownBy(() -> withSecret().token(GRAPH, null));
        }
    }

    @Test
    void anAuthorityThatCannotBeReachedIsAskedAgainLater() {
        TokenSource tokens = withSecret();
        endpoint.close();

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> tokens.token(GRAPH, null));
    }

    @Test
    void aSecretThatIsRenewedInItsFileIsUsedAfterARefusal() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "old\n");
        TokenSource tokens = EntraCredentials.clientSecret(TENANT, CLIENT, Secret.ofFile(file))
                .tokens(endpoint.cloud(), endpoint.client(), clock);
        AccessToken first = tokens.token(GRAPH, null);
        Files.writeString(file, "new\n");

        tokens.token(GRAPH, first);

        assertThat(endpoint.forms).extracting(form -> form.get("client_secret")).containsExactly("old", "new");
    }

    @Test
    void theTokenFileOfAWorkloadIdentityIsReadEachTime() throws Exception {
        Path file = Files.writeString(folder.resolve("federated"), "assertion-1");
        TokenSource tokens = EntraCredentials.workloadIdentity(TENANT, CLIENT, file)
                .tokens(endpoint.cloud(), endpoint.client(), clock);
        AccessToken first = tokens.token(GRAPH, null);
        Files.writeString(file, "assertion-2");

        tokens.token(GRAPH, first);

        assertThat(endpoint.forms)
                .extracting(form -> form.get("client_assertion"))
                .containsExactly("assertion-1", "assertion-2");
    }

    @Test
    void aCertificateInPkcs12SignsTheAssertion() throws Exception {
        TokenSource tokens = EntraCredentials.certificatePkcs12(TENANT, CLIENT, tls.pkcs12(), Secret.of(tls.password()))
                .tokens(endpoint.cloud(), endpoint.client(), clock);

        tokens.token(GRAPH, null);

        assertSignedByCertificate(endpoint.forms.get(0).get("client_assertion"));
    }

    @Test
    void aCertificateInPemSignsTheAssertion() throws Exception {
        TokenSource tokens = EntraCredentials.certificatePem(TENANT, CLIENT, pem("PRIVATE KEY"))
                .tokens(endpoint.cloud(), endpoint.client(), clock);

        tokens.token(GRAPH, null);

        assertSignedByCertificate(endpoint.forms.get(0).get("client_assertion"));
    }

    @Test
    void aPemFileWithAnEncryptedKeyEndsTheRunWithAWordOnWhatToDo() throws Exception {
        TokenSource tokens = EntraCredentials.certificatePem(TENANT, CLIENT, pem("ENCRYPTED PRIVATE KEY"))
                .tokens(endpoint.cloud(), endpoint.client(), clock);

        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() -> tokens.token(GRAPH, null))
                .matches(e -> e.remedy() == ArchiveException.Remedy.STOP)
                .withMessageContaining("openssl pkcs8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A===", "AAAA", ""})
    void aPemFileThatIsDamagedEndsTheRun(String text) throws Exception {
        String damaged = "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n"
                + "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
        Path file = Files.writeString(folder.resolve("damaged.pem"), damaged);
        TokenSource tokens = EntraCredentials.certificatePem(TENANT, CLIENT, file)
                .tokens(endpoint.cloud(), endpoint.client(), clock);

        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() -> tokens.token(GRAPH, null))
                .matches(e -> e.remedy() == ArchiveException.Remedy.STOP)
                .withMessageContaining("certificate can't be used");
    }

    @Test
    void theEnvironmentIsReadAsAzuresOwnLibrariesDo() {
        assertThat(EntraCredentials.fromEnvironment(
                        Map.of("AZURE_TENANT_ID", TENANT, "AZURE_CLIENT_ID", CLIENT, "AZURE_CLIENT_SECRET", CANARY)))
                .hasToString("EntraCredentials[CLIENT_SECRET]");
        assertThat(EntraCredentials.fromEnvironment(Map.of(
                        "AZURE_TENANT_ID", TENANT, "AZURE_CLIENT_ID", CLIENT, "AZURE_FEDERATED_TOKEN_FILE", "/t")))
                .hasToString("EntraCredentials[WORKLOAD_IDENTITY]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntraCredentials.fromEnvironment(Map.of("AZURE_TENANT_ID", TENANT)))
                .withMessageContaining("AZURE_CLIENT_ID")
                .withMessageContaining("AZURE_CLIENT_SECRET");
    }

    @Test
    void nothingShowsASecret() throws Exception {
        assertThat(Secret.of(CANARY)).hasToString("Secret[…]");
        assertThat(withSecret().token(GRAPH, null).toString()).doesNotContain("token-1");
    }

    private TokenSource withSecret() {
        return EntraCredentials.clientSecret(TENANT, CLIENT, Secret.of(CANARY))
                .tokens(endpoint.cloud(), endpoint.client(), clock);
    }

    private static void assertSignedByCertificate(String assertion) throws Exception {
        String[] parts = assertion.split("\\.", -1);
        JsonNode header = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[0]));
        Signature signature =
                Signature.getInstance("PS256".equals(header.get("alg").asText()) ? "RSASSA-PSS" : "SHA256withRSA");
        if ("PS256".equals(header.get("alg").asText())) {
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
        signature.initVerify(certificate());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    private static Path pem(String keyLabel) throws Exception {
        Key key = store().getKey("loopback", tls.password().toCharArray());
        Base64.Encoder base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        String text = "Bag attributes\n-----BEGIN " + keyLabel + "-----\n" + base64.encodeToString(key.getEncoded())
                + "\n-----END " + keyLabel + "-----\n-----BEGIN CERTIFICATE-----\n"
                + base64.encodeToString(certificate().getEncoded()) + "\n-----END CERTIFICATE-----\n";
        return Files.writeString(folder.resolve(keyLabel.replace(' ', '-') + ".pem"), text);
    }

    private static Certificate certificate() throws Exception {
        return store().getCertificate("loopback");
    }

    private static KeyStore store() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(tls.pkcs12())) {
            store.load(in, tls.password().toCharArray());
        }
        return store;
    }
}
