// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import io.github.celltrustarchive.model.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** An SFTP server in this process, on loopback, for one folder and the user {@code archive}. */
final class LoopbackSftp implements AutoCloseable {

    static final String PASSWORD = "Zq7-password-Zq7";

    final KeyPair userKey = keyPair();
    private final KeyPair hostKey = keyPair();
    private final SshServer server = SshServer.setUpDefaultServer();

    LoopbackSftp(Path root) throws IOException {
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPasswordAuthenticator(
                (user, password, session) -> user.equals("archive") && password.equals(PASSWORD));
        server.setPublickeyAuthenticator(
                (user, key, session) -> user.equals("archive") && KeyUtils.compareKeys(key, userKey.getPublic()));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(root));
        server.start();
    }

    SftpFolder.Builder client() {
        return SftpFolder.builder("127.0.0.1", "archive").port(server.getPort());
    }

    SftpFolder open(String path) throws IOException {
        return client().hostKeyFingerprint(fingerprint())
                .password(Secret.of(PASSWORD))
                .open(path);
    }

    String fingerprint() {
        return KeyUtils.getFingerPrint(BuiltinDigests.sha256, hostKey.getPublic());
    }

    /** The line of a {@code known_hosts} file. */
    String knownHost() {
        StringBuilder line = new StringBuilder("[127.0.0.1]:" + server.getPort() + " ");
        try {
            PublicKeyEntry.appendPublicKeyEntry(line, hostKey.getPublic());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return line.append('\n').toString();
    }

    /** Ends all connections; the server stays. */
    void breakConnections() throws IOException {
        for (AbstractSession session : server.getActiveSessions()) {
            session.close(true).await();
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
