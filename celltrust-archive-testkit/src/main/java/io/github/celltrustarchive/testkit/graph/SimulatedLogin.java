// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Microsoft Entra's token endpoint for applications: secrets, certificates, tokens that end. Thread-safe. */
final class SimulatedLogin {

    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Clock clock;
    private final Duration lifetime;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
    private final Map<String, Application> applications = new ConcurrentHashMap<>();
    private final List<Map<String, String>> forms = new ArrayList<>();
    private volatile @Nullable Reply refused;

    /** An application with one of the two. */
    private record Application(
            @Nullable String secret, @Nullable X509Certificate certificate) {}

    SimulatedLogin(Clock clock, Duration lifetime) {
        this.clock = clock;
        this.lifetime = lifetime;
    }

    void register(String clientId, String secret) {
        applications.put(clientId, new Application(secret, null));
    }

    void register(String clientId, X509Certificate certificate) {
        applications.put(clientId, new Application(null, certificate));
    }

    void refuse(int status, String error, String description) {
        ObjectNode json = GraphJson.object();
        json.put("error", error).put("error_description", description);
        refused = Reply.of(status, json);
    }

    void refuseNothing() {
        refused = null;
    }

    String newToken() {
        String token = "canary-token-" + numbers.incrementAndGet();
        tokens.put(token, clock.instant().plus(lifetime));
        return token;
    }

    void expireTokens() {
        tokens.clear();
    }

    boolean accepts(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            return false;
        }
        Instant end = tokens.get(authorization.substring("Bearer ".length()));
        return end != null && clock.instant().isBefore(end);
    }

    synchronized List<Map<String, String>> forms() {
        return List.copyOf(forms);
    }

    static boolean asked(Call call) {
        return call.method().equals("POST")
                && call.path().size() == 4
                && call.path().subList(1, 4).equals(List.of("oauth2", "v2.0", "token"));
    }

    Reply answer(Call call) {
        Map<String, String> form = form(call);
        synchronized (this) {
            forms.add(form);
        }
        Reply reply = refused;
        if (reply != null) {
            return reply;
        }
        if (!"client_credentials".equals(form.get("grant_type"))) {
            return refusal(400, "unsupported_grant_type", "AADSTS70003", "The grant type isn't supported.");
        }
        if (!form.getOrDefault("scope", "").contains("/.default")) {
            return refusal(400, "invalid_scope", "AADSTS1002012", "The scope isn't valid.");
        }
        Reply no = applications.isEmpty() ? null : check(form);
        if (no != null) {
            return no;
        }
        ObjectNode json = GraphJson.object();
        json.put("token_type", "Bearer")
                .put("expires_in", lifetime.toSeconds())
                .put("ext_expires_in", lifetime.toSeconds());
        json.put("access_token", newToken());
        return Reply.of(200, json);
    }

    private @Nullable Reply check(Map<String, String> form) {
        Application application = applications.get(form.getOrDefault("client_id", ""));
        if (application == null) {
            return refusal(400, "unauthorized_client", "AADSTS700016", "The application was not found.");
        }
        X509Certificate certificate = application.certificate();
        if (certificate == null) {
            return form.getOrDefault("client_secret", "").equals(application.secret())
                    ? null
                    : refusal(401, "invalid_client", "AADSTS7000215", "Invalid client secret provided.");
        }
        boolean signed = ASSERTION.equals(form.get("client_assertion_type"))
                && signedBy(certificate, form.getOrDefault("client_assertion", ""), form.getOrDefault("client_id", ""));
        return signed
                ? null
                : refusal(401, "invalid_client", "AADSTS700027", "The certificate or the signature isn't valid.");
    }

    /** Its times aren't looked at: they are of another clock than the simulator's. */
    private static boolean signedBy(X509Certificate certificate, String assertion, String clientId) {
        String[] parts = assertion.split("\\.", -1);
        if (parts.length != 3) {
            return false;
        }
        try {
            JsonNode header = JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
            JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            Signature signature;
            if ("PS256".equals(header.path("alg").asText())) {
                signature = Signature.getInstance("RSASSA-PSS");
                signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            } else {
                signature = Signature.getInstance("SHA256withRSA");
            }
            signature.initVerify(certificate);
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]))
                    && clientId.equals(claims.path("sub").asText())
                    && claims.path("aud").asText().endsWith("/token");
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private static Map<String, String> form(Call call) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : new String(call.body(), StandardCharsets.UTF_8).split("&", -1)) {
            int at = pair.indexOf('=');
            if (at > 0) {
                form.put(pair.substring(0, at), URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }

    private Reply refusal(int status, String error, String code, String text) {
        ObjectNode json = GraphJson.object();
        json.put("error", error).put("error_description", code + ": " + text);
        json.putArray("error_codes").add(Integer.parseInt(code.substring("AADSTS".length())));
        json.put("timestamp", clock.instant().toString())
                .put("trace_id", "trace")
                .put("correlation_id", "correlation");
        return Reply.of(status, json);
    }
}
