// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.spi.Stager;
import io.github.celltrustarchive.staging.FolderStager;
import io.github.celltrustarchive.testkit.contract.StagerContract;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class FolderStagerContractTest extends StagerContract {

    @TempDir
    Path folder;

    @Override
    protected Stager open() {
        return new FolderStager(folder);
    }

    @Override
    protected Optional<Stager> reopen() {
        return Optional.of(new FolderStager(folder));
    }
}
