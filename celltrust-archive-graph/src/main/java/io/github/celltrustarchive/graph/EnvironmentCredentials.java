// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import io.github.celltrustarchive.model.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the variables that Azure's own libraries read. */
final class EnvironmentCredentials {

    private static final String TENANT = "AZURE_TENANT_ID";
    private static final String CLIENT = "AZURE_CLIENT_ID";
    private static final String SECRET = "AZURE_CLIENT_SECRET";
    private static final String CERTIFICATE = "AZURE_CLIENT_CERTIFICATE_PATH";
    private static final String PASSWORD = "AZURE_CLIENT_CERTIFICATE_PASSWORD";
    private static final String TOKEN_FILE = "AZURE_FEDERATED_TOKEN_FILE";

    private EnvironmentCredentials() {}

    static EntraCredentials read(Map<String, String> environment) {
        @Nullable String tenant = value(environment, TENANT);
        @Nullable String client = value(environment, CLIENT);
        @Nullable String secret = value(environment, SECRET);
        @Nullable String certificate = value(environment, CERTIFICATE);
        @Nullable String tokenFile = value(environment, TOKEN_FILE);
        List<String> missing = new ArrayList<>();
        if (tenant == null) {
            missing.add(TENANT);
        }
        if (client == null) {
            missing.add(CLIENT);
        }
        if (secret == null && certificate == null && tokenFile == null) {
            missing.add("one of " + SECRET + ", " + CERTIFICATE + ", " + TOKEN_FILE);
        }
        if (tenant == null || client == null || !missing.isEmpty()) {
            throw new IllegalArgumentException("the environment lacks " + String.join(", ", missing));
        }
        if (secret != null) {
            return EntraCredentials.clientSecret(tenant, client, Secret.of(secret));
        }
        if (certificate != null) {
            @Nullable String password = value(environment, PASSWORD);
            Path file = Path.of(certificate);
            return password == null
                    ? EntraCredentials.certificatePem(tenant, client, file)
                    : EntraCredentials.certificatePkcs12(tenant, client, file, Secret.of(password));
        }
        return EntraCredentials.workloadIdentity(tenant, client, Path.of(String.valueOf(tokenFile)));
    }

    private static @Nullable String value(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }
}
