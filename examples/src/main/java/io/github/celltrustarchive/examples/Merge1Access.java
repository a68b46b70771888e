// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.merge1.HttpsMerge1Site;
import io.github.celltrustarchive.merge1.HttpsMerge1SiteBuilder;
import io.github.celltrustarchive.merge1.SftpFolder;
import io.github.celltrustarchive.model.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens sites and servers with credentials of the environment. What is wrong is collected; no value of a secret is in it. */
final class Merge1Access {

    private static final String PREFIX = "CELLTRUST_ARCHIVE_";

    /** The variables, for people. */
    static final String[] HELP = {
        "  " + PREFIX + "MERGE1_USER            the Merge1 account's user, with",
        "  " + PREFIX + "MERGE1_PASSWORD        its password; or",
        "  " + PREFIX + "MERGE1_CLIENT_ID       a client that is registered there, with",
        "  " + PREFIX + "MERGE1_CLIENT_SECRET   its secret",
        "  " + PREFIX + "SFTP_PASSWORD          the server's password for the user; or",
        "  " + PREFIX + "SFTP_KEY               a private key, as ssh-keygen writes it, with",
        "  " + PREFIX + "SFTP_PASSPHRASE        what it is encrypted with",
        "  A secret may lie in a file instead: its path is in the variable with _FILE behind the name."
    };

    private final Map<String, String> environment;
    private final List<String> problems;

    /** @param problems takes what is wrong */
    Merge1Access(Map<String, String> environment, List<String> problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /** A site of this address; empty if something is wrong. */
    Optional<Merge1Origin> site(String address, String connector, Path downloads) {
        Optional<URI> uri = uri("--site", address);
        Optional<String> user = text("MERGE1_USER");
        Optional<String> client = text("MERGE1_CLIENT_ID");
        Optional<Secret> secret = user.isPresent() ? secret("MERGE1_PASSWORD") : secret("MERGE1_CLIENT_SECRET");
        if (user.isPresent() == client.isPresent()) {
            problems.add("--site: give " + PREFIX + "MERGE1_USER or " + PREFIX + "MERGE1_CLIENT_ID in the environment");
        } else if (secret.isEmpty()) {
            problems.add("--site: the secret is missing: " + PREFIX
                    + (user.isPresent() ? "MERGE1_PASSWORD" : "MERGE1_CLIENT_SECRET") + " or the same with _FILE");
        }
        if (uri.isEmpty() || secret.isEmpty() || user.isPresent() == client.isPresent()) {
            return Optional.empty();
        }
        HttpsMerge1SiteBuilder builder = HttpsMerge1Site.builder(uri.get());
        user.ifPresent(name -> builder.user(name, secret.get()));
        client.ifPresent(id -> builder.client(id, secret.get()));
        try {
            builder.build().close(); // tells what is wrong
        } catch (IllegalStateException e) {
            problems.add("--site: " + e.getMessage());
            return Optional.empty();
        }
        return Optional.of(Merge1SiteOrigin.of(
                builder, connector, downloads, "the site " + uri.get().getHost()));
    }

    /** A folder of this machine; empty if something is wrong. */
    Optional<Merge1Origin> folder(Path folder, Merge1Drop.After after, Duration quiet) {
        if (!Files.isDirectory(folder)) {
            problems.add("--drop: there is no folder " + folder);
            return Optional.empty();
        }
        return Optional.of(Merge1Drop.of(folder, after, quiet));
    }

    /** A folder of a server that shows this key, {@code sftp://user@host:port/folder}; empty if something is wrong. */
    Optional<Merge1Origin> server(
            String address,
            @Nullable String fingerprint,
            @Nullable Path knownHosts,
            Merge1Drop.After after,
            Duration quiet)
            throws IOException {
        Optional<URI> uri = uri("--drop", address);
        if (uri.isEmpty()) {
            return Optional.empty();
        }
        String user = uri.get().getUserInfo();
        String host = uri.get().getHost();
        if (user == null || host == null) {
            problems.add("--drop: not like sftp://user@host/folder");
            return Optional.empty();
        }
        SftpFolder.Builder builder = SftpFolder.builder(host, user);
        if (uri.get().getPort() > 0) {
            builder.port(uri.get().getPort());
        }
        if (fingerprint != null) {
            builder.hostKeyFingerprint(fingerprint);
        }
        if (knownHosts != null) {
            builder.knownHosts(knownHosts);
        }
        secret("SFTP_PASSWORD").ifPresent(builder::password);
        secret("SFTP_KEY").ifPresent(builder::privateKey);
        secret("SFTP_PASSPHRASE").ifPresent(builder::passphrase);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        try {
            String path = uri.get().getPath();
            return Optional.of(Merge1Drop.of(
                    builder.open(path.isEmpty() ? "/" : path), "the drop folder on " + host, after, quiet));
        } catch (IllegalStateException e) {
            problems.add("--drop: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<URI> uri(String option, String address) {
        try {
            return Optional.of(new URI(address));
        } catch (URISyntaxException e) {
            problems.add(option + ": no address such as "
                    + (option.equals("--site") ? "https://site.example" : "sftp://user@host/folder"));
            return Optional.empty();
        }
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(environment.get(PREFIX + name))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private Optional<Secret> secret(String name) {
        Optional<String> file = text(name + "_FILE");
        if (file.isPresent() && text(name).isPresent()) {
            problems.add("give " + PREFIX + name + " or " + PREFIX + name + "_FILE, not both");
        }
        if (file.isPresent() && !Files.isReadable(Path.of(file.get()))) {
            problems.add(PREFIX + name + "_FILE: there is no readable file of that name");
        }
        return text(name).map(Secret::of).or(() -> file.map(path -> Secret.ofFile(Path.of(path))));
    }
}
