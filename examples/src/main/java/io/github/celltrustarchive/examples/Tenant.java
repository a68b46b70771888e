// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.graph.AzureBlobStager;
import io.github.celltrustarchive.graph.AzureBlobStagerBuilder;
import io.github.celltrustarchive.graph.EntraCredentials;
import io.github.celltrustarchive.graph.MicrosoftCloud;
import io.github.celltrustarchive.graph.TokenSource;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.spi.Stager;
import io.github.celltrustarchive.staging.FolderStager;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.TypeConversionException;

/** Reads the settings of a tenant and a storage account. Asks nobody; what is wrong is added to the settings' problems. */
final class Tenant {

    private static final String DEFAULT_CONTAINER = "celltrust-archive";

    private final Settings settings;
    private final HttpClient client = Connection.newClient();

    Tenant(Settings settings) {
        this.settings = settings;
    }

    /** Tenant and stage; empty if something is wrong. */
    Optional<Connection> connection() {
        MicrosoftCloud cloud = cloud();
        Optional<TokenSource> tokens = tokens(cloud);
        Optional<Path> folder = settings.path(Setting.STAGE_FOLDER);
        if (tokens.isEmpty()) {
            blobs(cloud, (scope, refused) -> {
                throw new IllegalStateException("there are problems to be told first");
            });
            return Optional.empty();
        }
        if (folder.isPresent()) {
            Path stage = folder.get();
            return connection(cloud, tokens.get(), () -> new FolderStager(stage), stage.toString());
        }
        return blobs(cloud, tokens.get())
                .flatMap(stage -> connection(
                        cloud, tokens.get(), stage::build, place(cloud).toString()));
    }

    /** The tenant alone, for what needs no stage; empty if something is wrong. */
    Optional<Connection> withoutStage() {
        MicrosoftCloud cloud = cloud();
        Supplier<Stager> none = () -> {
            throw new IllegalStateException("no stage is needed");
        };
        return tokens(cloud).map(tokens -> new Connection(cloud, tokens, client, none, ""));
    }

    private Optional<Connection> connection(
            MicrosoftCloud cloud, TokenSource tokens, Supplier<Stager> stage, String stagedIn) {
        return Optional.of(new Connection(cloud, tokens, client, stage, stagedIn));
    }

    private MicrosoftCloud cloud() {
        try {
            return MicrosoftCloud.named(settings.text(Setting.CLOUD).orElse("global"));
        } catch (IllegalArgumentException e) {
            settings.problem(Setting.CLOUD.key() + ": " + e.getMessage());
            return MicrosoftCloud.GLOBAL;
        }
    }

    private Optional<TokenSource> tokens(MicrosoftCloud cloud) {
        try {
            return credentials().map(credentials -> credentials.tokens(cloud, client, Clock.systemUTC()));
        } catch (IllegalArgumentException e) {
            settings.problem(Setting.TENANT.key() + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<EntraCredentials> credentials() {
        Optional<Secret> secret = settings.secret(Setting.CLIENT_SECRET);
        Optional<Secret> password = settings.secret(Setting.CERTIFICATE_PASSWORD);
        Optional<Path> certificate = settings.existing(Setting.CERTIFICATE);
        Optional<Path> tokenFile = settings.existing(Setting.TOKEN_FILE);
        boolean managed = settings.flag(Setting.MANAGED_IDENTITY, false);
        if (managed) {
            return Optional.of(settings.text(Setting.CLIENT)
                    .map(EntraCredentials::managedIdentity)
                    .orElseGet(EntraCredentials::managedIdentity));
        }
        String tenant = settings.required(Setting.TENANT);
        String client365 = settings.required(Setting.CLIENT);
        if (secret.isEmpty() && certificate.isEmpty() && tokenFile.isEmpty()) {
            settings.problem("credentials are missing: one of " + Setting.CLIENT_SECRET.key() + ", "
                    + Setting.CLIENT_SECRET.fileKey() + ", " + Setting.CERTIFICATE.key() + ", "
                    + Setting.TOKEN_FILE.key() + ", " + Setting.MANAGED_IDENTITY.key());
            return Optional.empty();
        }
        if (tenant.isEmpty() || client365.isEmpty()) {
            return Optional.empty();
        }
        return secret.map(value -> EntraCredentials.clientSecret(tenant, client365, value))
                .or(() -> certificate.map(file -> password.map(
                                value -> EntraCredentials.certificatePkcs12(tenant, client365, file, value))
                        .orElseGet(() -> EntraCredentials.certificatePem(tenant, client365, file))))
                .or(() -> tokenFile.map(file -> EntraCredentials.workloadIdentity(tenant, client365, file)));
    }

    private URI place(MicrosoftCloud cloud) {
        return settings.text(Setting.BLOB_ENDPOINT)
                .map(URI::create)
                .orElseGet(() -> cloud.blobEndpoint(
                        settings.text(Setting.STORAGE_ACCOUNT).orElse("")));
    }

    private Optional<AzureBlobStagerBuilder> blobs(MicrosoftCloud cloud, TokenSource tokens) {
        Optional<Secret> sas = settings.secret(Setting.SAS);
        Optional<Secret> key = settings.secret(Setting.STORAGE_KEY);
        if (settings.text(Setting.STAGE_FOLDER).isPresent()) {
            return Optional.empty();
        }
        Optional<String> account = settings.text(Setting.STORAGE_ACCOUNT);
        if (account.isEmpty() && settings.text(Setting.BLOB_ENDPOINT).isEmpty()) {
            settings.problem("the stage is missing: one of " + Setting.STORAGE_ACCOUNT.key() + ", "
                    + Setting.BLOB_ENDPOINT.key() + ", " + Setting.STAGE_FOLDER.key());
            return Optional.empty();
        }
        if (key.isPresent() && account.isEmpty()) {
            settings.problem(Setting.STORAGE_KEY.key() + " needs " + Setting.STORAGE_ACCOUNT.key());
            return Optional.empty();
        }
        try {
            AzureBlobStagerBuilder stage = AzureBlobStager.builder(
                    place(cloud), settings.text(Setting.CONTAINER).orElse(DEFAULT_CONTAINER));
            settings.text(Setting.PREFIX).ifPresent(stage::prefix);
            retention().ifPresent(stage::lockedRetention);
            stage.tokens(tokens).httpClient(client);
            key.ifPresent(value -> stage.accountKey(account.orElse(""), value));
            sas.ifPresent(stage::sas);
            stage.build(); // tells what is wrong
            return Optional.of(stage);
        } catch (IllegalArgumentException | IllegalStateException e) {
            settings.problem(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Duration> retention() {
        try {
            return settings.text(Setting.LOCKED_RETENTION).map(new Durations()::convert);
        } catch (TypeConversionException e) {
            settings.problem(Setting.LOCKED_RETENTION.key() + ": " + e.getMessage());
            return Optional.empty();
        }
    }
}
