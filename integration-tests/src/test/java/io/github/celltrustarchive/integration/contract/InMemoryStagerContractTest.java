// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.spi.Stager;
import io.github.celltrustarchive.testkit.InMemoryStager;
import io.github.celltrustarchive.testkit.contract.StagerContract;

class InMemoryStagerContractTest extends StagerContract {

    @Override
    protected Stager open() {
        return new InMemoryStager();
    }
}
