// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.model.Secret;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach an SFTP server.
 *
 * @param fingerprint of the server's key, or null
 * @param knownHosts the file that holds the server's key, or null
 * @param passphrase what the private key is encrypted with, or null
 * @param timeout of a connection, and of a log-in
 */
public record SftpSettings(
        String host,
        int port,
        String user,
        @Nullable String fingerprint,
        @Nullable Path knownHosts,
        @Nullable Secret password,
        @Nullable Secret privateKey,
        @Nullable Secret passphrase,
        Duration timeout) {

    /** Shows neither server nor user. */
    @Override
    public String toString() {
        return "SftpSettings";
    }
}
