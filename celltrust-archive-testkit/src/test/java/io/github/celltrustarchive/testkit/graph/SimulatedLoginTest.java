// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The token endpoint, and the simulator as people start it. */
class SimulatedLoginTest extends SimulatorRig {

    private static final String SCOPE = "https%3A%2F%2Fgraph.microsoft.com%2F.default";

    @Test
    void aRightSecretIsExchangedForATokenThatEnds() throws Exception {
        graph.close();
        start(options().tokenLifetime(Duration.ofMinutes(5)));
        graph.register("app", "right");

        JsonNode answer = ok(200, ask("client_id=app&client_secret=right"));
        token = answer.path("access_token").asText();

        assertThat(answer.path("expires_in").asInt()).isEqualTo(300);
        ok(200, get(MESSAGES));
        clock.advance(Duration.ofMinutes(5));
        assertThat(get(MESSAGES).statusCode()).isEqualTo(401);
        assertThat(graph.tokenRequests())
                .singleElement()
                .satisfies(form -> assertThat(form).containsEntry("client_secret", "right"));
    }

    @Test
    void wrongSecretsAndUnknownApplicationsGetNone() throws Exception {
        graph.register("app", "right");

        HttpResponse<String> wrong = ask("client_id=app&client_secret=wrong");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("invalid_client", "AADSTS7000215").doesNotContain("wrong");
        assertThat(ask("client_id=other&client_secret=right").body()).contains("unauthorized_client");
        assertThat(ask("client_id=app&client_secret=right&grant_type=password").body())
                .contains("unsupported_grant_type");
    }

    @Test
    void anAuthorityInTroubleGivesNoTokensUntilItIsMended() throws Exception {
        graph.refuseTokens(503, "temporarily_unavailable", "AADSTS90033: Try again later.");
        assertThat(ask("client_id=app&client_secret=right").statusCode()).isEqualTo(503);
        graph.giveTokens();

        ok(200, ask("client_id=app&client_secret=right"));
    }

    @Test
    void anAssertionIsGoodOnlyWithTheRegisteredCertificatesSignature() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(tls.pkcs12())) {
            store.load(in, tls.password().toCharArray());
        }
        graph.register("app", (X509Certificate) store.getCertificate("loopback"));
        PrivateKey key = (PrivateKey) store.getKey("loopback", tls.password().toCharArray());
        String signed = assertion(key, "app");

        ok(200, ask("client_id=app" + assertionFields(signed)));
        assertThat(ask("client_id=app" + assertionFields(signed.substring(0, signed.length() - 8) + "AAAAAAAA"))
                        .body())
                .contains("invalid_client");
        assertThat(ask("client_id=app" + assertionFields(assertion(key, "other")))
                        .body())
                .contains("invalid_client");
    }

    @Test
    void peopleStartItWithAFolderAndAddressesAndReadASummary() throws Exception {
        try (GraphSimulator simulator = GraphSimulator.start(folder, List.of("bob@contoso.example"))) {
            assertThat(simulator.summary()).contains("bob@contoso.example", "0 requests");
        }
        post(INBOX + "/childFolders", "{\"displayName\":\"CellTrust\"}");
        post(MESSAGES, message("a"));

        assertThat(graph.summary()).contains("inbox/CellTrust", "1 messages, 1 drafts");
    }

    @Test
    void itRunsWithoutATestFramework() throws Exception {
        var urls = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("junit") && !entry.contains("assertj"))
                .map(entry -> {
                    try {
                        return Path.of(entry).toUri().toURL();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Class<?> simulator = loader.loadClass(GraphSimulator.class.getName());
            Object started =
                    simulator.getMethod("start", Path.class, List.class).invoke(null, folder, List.of("a@b.example"));
            assertThat(String.valueOf(simulator.getMethod("summary").invoke(started)))
                    .contains("a@b.example");
            simulator.getMethod("close").invoke(started);
            assertThat(Arrays.stream(urls).map(String::valueOf)).noneMatch(url -> url.contains("jupiter"));
        }
    }

    private HttpResponse<String> ask(String fields) throws Exception {
        return send(HttpRequest.newBuilder(graph.root().resolve("/contoso.example/oauth2/v2.0/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=" + SCOPE + "&" + fields)));
    }

    private static String assertionFields(String assertion) {
        return "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion="
                + assertion;
    }

    private static String assertion(PrivateKey key, String client) throws Exception {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String head = base64.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8));
        String claims =
                base64.encodeToString(("{\"sub\":\"" + client + "\",\"aud\":\"https://localhost/t/oauth2/v2.0/token\"}")
                        .getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update((head + "." + claims).getBytes(StandardCharsets.US_ASCII));
        return head + "." + claims + "." + base64.encodeToString(signature.sign());
    }
}
