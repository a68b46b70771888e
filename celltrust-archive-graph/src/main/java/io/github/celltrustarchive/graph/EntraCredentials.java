// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IClientCredential;
import com.microsoft.aad.msal4j.ManagedIdentityApplication;
import com.microsoft.aad.msal4j.ManagedIdentityId;
import com.microsoft.aad.msal4j.ManagedIdentityParameters;
import io.github.celltrustarchive.graph.internal.HttpExchanges;
import io.github.celltrustarchive.graph.internal.MsalHttp;
import io.github.celltrustarchive.graph.internal.MsalTokens;
import io.github.celltrustarchive.graph.internal.PemFile;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an application proves to Microsoft Entra ID who it is (OAuth 2.0 client credentials). One of: a client secret, a
 * certificate, the token file of workload identity federation, or a managed identity.
 *
 * <p>Immutable. {@link #tokens(MicrosoftCloud)} makes the source of tokens; one is enough for a process.
 *
 * <p>Facts: <a href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow">client credentials
 * flow</a>, <a href="https://learn.microsoft.com/entra/workload-id/workload-identity-federation">workload identity
 * federation</a>, <a href="https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview">managed
 * identities</a>.
 */
public final class EntraCredentials {

    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}");
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int MAX_RESPONSE = 1 << 20;
    private static final String SCOPE_SUFFIX = "/.default";

    private final Kind kind;
    private final @Nullable String tenant;
    private final @Nullable String clientId;
    private final @Nullable Proof proof;

    private enum Kind {
        CLIENT_SECRET,
        CERTIFICATE,
        WORKLOAD_IDENTITY,
        MANAGED_IDENTITY
    }

    /** Reads secret or certificate when it is first needed. */
    @FunctionalInterface
    private interface Proof {
        IClientCredential read() throws IOException, GeneralSecurityException;
    }

    private EntraCredentials(Kind kind, @Nullable String tenant, @Nullable String clientId, @Nullable Proof proof) {
        this.kind = kind;
        this.tenant = tenant;
        this.clientId = clientId;
        this.proof = proof;
    }

    /**
     * A client secret.
     *
     * @param tenant the directory's id or one of its domains
     * @param clientId the application's id
     */
    public static EntraCredentials clientSecret(String tenant, String clientId, Secret secret) {
        Objects.requireNonNull(secret, "secret");
        return of(
                Kind.CLIENT_SECRET, tenant, clientId, () -> ClientCredentialFactory.createFromSecret(secret.reveal()));
    }

    /**
     * A certificate with its private key in PEM form: one {@code PRIVATE KEY} (PKCS#8, not encrypted) and the
     * {@code CERTIFICATE}s of its chain, the application's own first.
     */
    public static EntraCredentials certificatePem(String tenant, String clientId, Path file) {
        Objects.requireNonNull(file, "file");
        return of(Kind.CERTIFICATE, tenant, clientId, () -> {
            PemFile pem = PemFile.read(file);
            return ClientCredentialFactory.createFromCertificateChain(pem.key(), pem.chain());
        });
    }

    /** A certificate with its private key in a PKCS#12 file ({@code .pfx}, {@code .p12}). */
    public static EntraCredentials certificatePkcs12(String tenant, String clientId, Path file, Secret password) {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(password, "password");
        return of(Kind.CERTIFICATE, tenant, clientId, () -> {
            try (InputStream in = Files.newInputStream(file)) {
                return ClientCredentialFactory.createFromCertificate(in, password.reveal());
            }
        });
    }

    /** A token that the platform writes to a file and renews there; read each time it is needed. */
    public static EntraCredentials workloadIdentity(String tenant, String clientId, Path tokenFile) {
        Secret assertion = Secret.ofFile(tokenFile);
        return of(
                Kind.WORKLOAD_IDENTITY,
                tenant,
                clientId,
                () -> ClientCredentialFactory.createFromCallback(assertion::reveal));
    }

    /** The identity that Azure gives the machine, container or function. */
    public static EntraCredentials managedIdentity() {
        return new EntraCredentials(Kind.MANAGED_IDENTITY, null, null, null);
    }

    /** An identity of its own that was assigned to the machine, container or function. */
    public static EntraCredentials managedIdentity(String clientId) {
        return new EntraCredentials(Kind.MANAGED_IDENTITY, null, requireText(clientId, "clientId"), null);
    }

    /**
     * What the environment says, in the names that Azure's own libraries use: {@code AZURE_TENANT_ID},
     * {@code AZURE_CLIENT_ID}, and one of {@code AZURE_CLIENT_SECRET}, {@code AZURE_CLIENT_CERTIFICATE_PATH} (PEM, or
     * PKCS#12 if {@code AZURE_CLIENT_CERTIFICATE_PASSWORD} is set) and {@code AZURE_FEDERATED_TOKEN_FILE}, looked for in
     * this order.
     *
     * @param environment such as {@code System.getenv()}
     * @throws IllegalArgumentException naming the variables that are missing
     */
    public static EntraCredentials fromEnvironment(Map<String, String> environment) {
        return EnvironmentCredentials.read(environment);
    }

    /** A source of tokens for this cloud, over an HTTP client of its own. */
    public TokenSource tokens(MicrosoftCloud cloud) {
        return tokens(cloud, HttpExchanges.newClient(), Clock.systemUTC());
    }

    /**
     * A source of tokens for this cloud.
     *
     * @param client for a proxy or a trust store of the firm's; must not follow redirects
     * @param clock tells when a token ends
     */
    public TokenSource tokens(MicrosoftCloud cloud, HttpClient client, Clock clock) {
        Objects.requireNonNull(cloud, "cloud");
        Objects.requireNonNull(clock, "clock");
        MsalHttp http = new MsalHttp(new HttpExchanges(client, DEADLINE, MAX_RESPONSE));
        return new MsalTokens(kind == Kind.MANAGED_IDENTITY ? managed(http) : confidential(cloud, http), clock);
    }

    /** Shows the kind, and nothing of the secret. */
    @Override
    public String toString() {
        return "EntraCredentials[" + kind + "]";
    }

    private MsalTokens.Acquirer confidential(MicrosoftCloud cloud, MsalHttp http) {
        Applications applications = new Applications(cloud, http);
        return (scope, renew) -> applications
                .get(renew)
                .acquireToken(ClientCredentialParameters.builder(Set.of(scope))
                        .skipCache(renew)
                        .build());
    }

    private MsalTokens.Acquirer managed(MsalHttp http) {
        ManagedIdentityId id = clientId == null
                ? ManagedIdentityId.systemAssigned()
                : ManagedIdentityId.userAssignedClientId(clientId);
        ManagedIdentityApplication application =
                ManagedIdentityApplication.builder(id).httpClient(http).build();
        return (scope, renew) -> {
            String resource =
                    scope.endsWith(SCOPE_SUFFIX) ? scope.substring(0, scope.length() - SCOPE_SUFFIX.length()) : scope;
            return application.acquireTokenForManagedIdentity(ManagedIdentityParameters.builder(resource)
                    .forceRefresh(renew)
                    .build());
        };
    }

    private static EntraCredentials of(Kind kind, String tenant, String clientId, Proof proof) {
        if (!TENANT.matcher(Objects.requireNonNull(tenant, "tenant")).matches()) {
            throw new IllegalArgumentException("tenant must be the directory's id or one of its domains");
        }
        return new EntraCredentials(kind, tenant, requireText(clientId, "clientId"), proof);
    }

    private static String requireText(String text, String what) {
        if (Objects.requireNonNull(text, what).isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank");
        }
        return text;
    }

    /** Makes msal4j's application when it is first needed, and again when a token was refused: the secret may be new. */
    private final class Applications {
        private final MicrosoftCloud cloud;
        private final MsalHttp http;
        private @Nullable ConfidentialClientApplication application;

        private Applications(MicrosoftCloud cloud, MsalHttp http) {
            this.cloud = cloud;
            this.http = http;
        }

        private synchronized ConfidentialClientApplication get(boolean renew) {
            ConfidentialClientApplication kept = application;
            if (kept == null || renew) {
                kept = make();
                application = kept;
            }
            return kept;
        }

        private ConfidentialClientApplication make() {
            try {
                // What the endpoints are is configured, so msal4j need not ask the internet for them
                return ConfidentialClientApplication.builder(Objects.requireNonNull(clientId), credential())
                        .authority(cloud.login() + "/" + tenant + "/")
                        .instanceDiscovery(false)
                        .disableInternalRetries()
                        .httpClient(http)
                        .build();
            } catch (MalformedURLException e) {
                throw new IllegalStateException("the authority is a URL: checked when it was given", e);
            }
        }

        private IClientCredential credential() {
            try {
                return Objects.requireNonNull(proof).read();
            } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
                String what = e.getClass().getSimpleName();
                throw ArchiveException.stop("the file of secret or certificate can't be used (" + what + ")", null);
            }
        }
    }
}
