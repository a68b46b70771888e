// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.integration.AzuriteServer;
import io.github.celltrustarchive.spi.Stager;
import io.github.celltrustarchive.testkit.contract.StagerContract;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Against a real Azurite; each test has a container of its own. */
class AzureBlobStagerContractTest extends StagerContract {

    private static final AtomicInteger CONTAINERS = new AtomicInteger();
    private static AzuriteServer server;

    private String container;

    @BeforeAll
    static void startServer() throws Exception {
        server = AzuriteServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected Stager open() {
        container = "contract-" + CONTAINERS.incrementAndGet();
        return stager();
    }

    @Override
    protected Optional<Stager> reopen() {
        return Optional.of(stager());
    }

    private Stager stager() {
        return server.stager(container).prefix("celltrust/").blockBytes(1 << 20).build();
    }
}
