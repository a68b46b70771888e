// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import io.github.celltrustarchive.merge1.internal.SftpConnection;
import io.github.celltrustarchive.merge1.internal.SftpSettings;
import io.github.celltrustarchive.model.AddrSpec;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder on an SFTP server (Apache MINA SSHD), as a {@link #path} that {@link Merge1DropSource} and everything else that
 * takes a path can read. A connection that breaks, or that the server closes, is opened again by the next use.
 *
 * <p>The server's key must be known: by its fingerprint or from a {@code known_hosts} file. There is no way to trust whatever
 * answers. Nothing of the user's own SSH configuration ({@code ~/.ssh}) is used. Keys are RSA or ECDSA; Ed25519 keys need Bouncy
 * Castle ({@code org.bouncycastle:bcprov-jdk18on}) on the host's path, so that without it the fingerprint must be that of the
 * server's RSA or ECDSA key.
 *
 * <pre>{@code
 * try (SftpFolder folder = SftpFolder.builder("sftp.bank.example", "archive")
 *         .hostKeyFingerprint("SHA256:…")
 *         .privateKey(Secret.ofFile(Path.of("/run/secrets/sftp-key")))
 *         .open("/drop")) {
 *     Merge1DropSource source = Merge1DropSource.builder(folder.path(), parser).deleteArchived().build();
 * }
 * }</pre>
 *
 * <p>Thread-safe. Holds a few threads of the SSH client until it is closed.
 */
public final class SftpFolder implements AutoCloseable {

    private final SftpConnection connection;
    private final Path path;

    private SftpFolder(SftpConnection connection, Path path) {
        this.connection = connection;
        this.path = path;
    }

    /**
     * Starts from the defaults.
     *
     * @param host name or address of the server
     * @param user the user's name there
     */
    public static Builder builder(String host, String user) {
        return new Builder(host, user);
    }

    /** The folder. It can be used until {@link #close}. */
    public Path path() {
        return path;
    }

    /** Ends the connection. A second call does nothing. */
    @Override
    public void close() throws IOException {
        connection.close();
    }

    /** Shows neither server nor user. */
    @Override
    public String toString() {
        return "SftpFolder";
    }

    /** Collects the options of an {@link SftpFolder}. Not thread-safe. */
    public static final class Builder {
        private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");
        private static final Pattern ADDRESS = Pattern.compile("[0-9.]{7,15}|\\[?[0-9A-Fa-f:.]{2,45}\\]?");

        private final String host;
        private final String user;
        private int port = 22;
        private @Nullable String fingerprint;
        private @Nullable Path knownHosts;
        private @Nullable Secret password;
        private @Nullable Secret privateKey;
        private @Nullable Secret passphrase;
        private Duration timeout = Duration.ofSeconds(30);

        private Builder(String host, String user) {
            this.host = Objects.requireNonNull(host, "host");
            this.user = Objects.requireNonNull(user, "user");
        }

        /** Default 22; 1 to 65,535. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** The SHA-256 fingerprint of the server's key, as {@code ssh-keygen -l} shows it: {@code SHA256:} and 43 characters. */
        public Builder hostKeyFingerprint(String value) {
            fingerprint = Objects.requireNonNull(value, "value");
            return this;
        }

        /** A {@code known_hosts} file of OpenSSH that holds the server's key. It is read when it has changed, and never written. */
        public Builder knownHosts(Path file) {
            knownHosts = Objects.requireNonNull(file, "file");
            return this;
        }

        /** The user's password, asked for at every connection. */
        public Builder password(Secret value) {
            password = Objects.requireNonNull(value, "value");
            return this;
        }

        /** The user's private key, in the form that {@code ssh-keygen} writes, asked for at every connection. */
        public Builder privateKey(Secret value) {
            privateKey = Objects.requireNonNull(value, "value");
            return this;
        }

        /** What the private key is encrypted with. Default: it isn't. */
        public Builder passphrase(Secret value) {
            passphrase = Objects.requireNonNull(value, "value");
            return this;
        }

        /** How long to wait for a connection, and for the log-in. Default 30 seconds; 1 second to 10 minutes. */
        public Builder timeout(Duration value) {
            timeout = Objects.requireNonNull(value, "value");
            return this;
        }

        /**
         * Connects.
         *
         * @param path on the server; below the user's home unless it begins with {@code /}
         * @throws IllegalStateException naming every option that is out of its bounds
         * @throws ArchiveException with the remedy {@code STOP} if the server's key isn't the known one, or it refuses the user
         * @throws IOException if the server can't be reached
         */
        public SftpFolder open(String path) throws IOException {
            List<String> problems = problems();
            if (!problems.isEmpty()) {
                throw new IllegalStateException("SFTP folder: " + String.join("; ", problems));
            }
            SftpConnection connection = SftpConnection.open(new SftpSettings(
                    host, port, user, fingerprint, knownHosts, password, privateKey, passphrase, timeout));
            try {
                return new SftpFolder(connection, connection.path(path));
            } catch (RuntimeException e) {
                connection.close();
                throw e;
            }
        }

        private List<String> problems() {
            List<String> problems = new ArrayList<>();
            boolean named = AddrSpec.isDomain(host)
                    || ADDRESS.matcher(host).matches()
                    || host.matches("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
            if (!named) {
                problems.add("host must be a name or an address");
            }
            if (user.isBlank() || user.chars().anyMatch(c -> c < ' ' || c == ':')) {
                problems.add("user must be given, without ':'");
            }
            if (port < 1 || port > 65_535) {
                problems.add("port must be 1 to 65,535");
            }
            if ((fingerprint == null) == (knownHosts == null)) {
                problems.add("either hostKeyFingerprint or knownHosts must be given");
            }
            if (fingerprint != null && !FINGERPRINT.matcher(fingerprint).matches()) {
                problems.add("hostKeyFingerprint must be SHA256: and 43 characters");
            }
            if (password == null && privateKey == null) {
                problems.add("password or privateKey must be given");
            }
            if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofMinutes(10)) > 0) {
                problems.add("timeout must be 1 second to 10 minutes");
            }
            return problems;
        }
    }
}
