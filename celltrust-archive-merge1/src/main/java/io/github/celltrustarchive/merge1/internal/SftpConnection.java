// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.client.fs.SftpFileSystem;
import org.apache.sshd.sftp.client.fs.SftpFileSystemClientSessionInitializer;
import org.apache.sshd.sftp.client.fs.SftpFileSystemInitializationContext;
import org.apache.sshd.sftp.client.fs.SftpFileSystemProvider;
import org.jspecify.annotations.Nullable;

/** The SSH client and the file system behind an SFTP folder. Thread-safe. */
public final class SftpConnection implements AutoCloseable {

    private static final Duration HEARTBEAT = Duration.ofSeconds(30);
    private static final int MISSED_HEARTBEATS = 3;

    private final SshClient client;
    private final SftpFileSystem files;

    private SftpConnection(SshClient client, SftpFileSystem files) {
        this.client = client;
        this.files = files;
    }

    /** Connects and logs in. */
    public static SftpConnection open(SftpSettings settings) throws IOException {
        SshClient client = SshClient.setUpDefaultClient();
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE));
        client.setServerKeyVerifier(verifier(settings));
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, HEARTBEAT);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, MISSED_HEARTBEATS);
        client.start();
        try {
            SftpFileSystemProvider provider = new SftpFileSystemProvider(client);
            provider.setSftpFileSystemClientSessionInitializer(new LogIn(settings));
            URI uri = new URI("sftp", settings.user(), settings.host(), settings.port(), "/", null, null);
            return new SftpConnection(client, provider.newFileSystem(uri, Map.of()));
        } catch (URISyntaxException e) {
            client.stop();
            throw new IllegalStateException("SFTP folder: host or user can't stand in an address", e);
        } catch (IOException | RuntimeException e) {
            client.stop();
            throw e;
        }
    }

    /** A path on the server. */
    public Path path(String path) {
        return files.getDefaultDir().resolve(path);
    }

    /** Ends the connection; again does nothing. */
    @Override
    public void close() throws IOException {
        try {
            files.close();
        } finally {
            client.stop();
        }
    }

    private static ServerKeyVerifier verifier(SftpSettings settings) {
        Path knownHosts = settings.knownHosts();
        if (knownHosts != null) {
            return new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, knownHosts);
        }
        String expected = String.valueOf(settings.fingerprint());
        return (session, address, key) -> expected.equals(KeyUtils.getFingerPrint(BuiltinDigests.sha256, key));
    }

    /** Makes every session, the first one and those after a break. */
    private record LogIn(SftpSettings settings) implements SftpFileSystemClientSessionInitializer {

        @Override
        public ClientSession createClientSession(
                SftpFileSystemProvider provider, SftpFileSystemInitializationContext context) throws IOException {
            return provider.getClientInstance()
                    .connect(settings.user(), settings.host(), settings.port())
                    .verify(settings.timeout())
                    .getSession();
        }

        @Override
        public void authenticateClientSession(
                SftpFileSystemProvider provider, SftpFileSystemInitializationContext context, ClientSession session)
                throws IOException {
            Secret key = settings.privateKey();
            if (key != null) {
                for (KeyPair pair : pairs(session, key)) {
                    session.addPublicKeyIdentity(pair);
                }
            }
            Secret password = settings.password();
            if (password != null) {
                session.addPasswordIdentity(password.reveal());
            }
            try {
                session.auth().verify(settings.timeout());
            } catch (SshException e) {
                throw explained(e);
            }
        }

        private Iterable<KeyPair> pairs(ClientSession session, Secret key) throws IOException {
            Secret passphrase = settings.passphrase();
            FilePasswordProvider password =
                    passphrase == null ? FilePasswordProvider.EMPTY : FilePasswordProvider.of(passphrase.reveal());
            byte[] bytes = key.reveal().getBytes(StandardCharsets.UTF_8);
            @Nullable Iterable<KeyPair> pairs;
            try {
                pairs = SecurityUtils.loadKeyPairIdentities(
                        session, NamedResource.ofName("private key"), new ByteArrayInputStream(bytes), password);
            } catch (GeneralSecurityException | IOException | RuntimeException e) { // which may quote the key
                throw unreadableKey(e.getClass().getSimpleName());
            }
            if (pairs == null) {
                throw unreadableKey("no key in it");
            }
            return pairs;
        }

        private static ArchiveException unreadableKey(String why) {
            return ArchiveException.stop(
                    "the private key for the SFTP server can't be read (" + why
                            + "): give it in the form that ssh-keygen writes, with its passphrase",
                    null);
        }

        private static IOException explained(SshException e) {
            switch (e.getDisconnectCode()) {
                case SshConstants.SSH2_DISCONNECT_HOST_KEY_NOT_VERIFIABLE ->
                    throw ArchiveException.stop(
                            "the SFTP server's key isn't the known one: find out why before its new key is made known",
                            e);
                case SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE ->
                    throw ArchiveException.stop(
                            "the SFTP server refuses the user: look at the user's key or password there and here", e);
                default -> {
                    return e;
                }
            }
        }
    }
}
