// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A folder on an SFTP server. */
class SftpDropFolderContractTest extends DropFolderContract {

    private LoopbackSftp server;
    private SftpFolder remote;

    @BeforeEach
    void connect() throws IOException {
        server = new LoopbackSftp(scratch);
        remote = server.open("/drop");
    }

    @AfterEach
    void disconnect() throws IOException {
        remote.close();
        server.close();
    }

    @Override
    Path place(int number) {
        return folder.resolve("day").resolve(number + ".eml");
    }

    @Override
    Merge1DropSource.Builder builder() {
        return Merge1DropSource.builder(remote.path(), Merge1EmlParser.of(Emails.PROFILE))
                .temporaryFolder(scratch)
                .deleteArchived()
                .clock(clock);
    }

    @Override
    protected void makeUnreadable() throws IOException {
        server.close();
    }
}
