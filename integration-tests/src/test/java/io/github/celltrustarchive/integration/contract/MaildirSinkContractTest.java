// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.io.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** On a disk where files are in the way. */
class MaildirSinkContractTest extends MaildirContract {

    private final Storage storage = new DiskStorage();

    @TempDir
    Path folder;

    @Override
    Storage storage() {
        return storage;
    }

    @Override
    Path root() {
        return folder.resolve("mail");
    }

    @Override
    protected boolean refuseWrites() throws Exception {
        Path temporary = directory(mailboxes().get(0)).resolve("tmp");
        Files.delete(temporary);
        Files.writeString(temporary, "a file is in the way");
        return true;
    }

    @Override
    protected boolean makeUnreachable() throws IOException {
        if (Files.exists(root())) {
            Files.move(root(), folder.resolve("away"));
        }
        Files.writeString(root(), "a file is in the way");
        return true;
    }
}
