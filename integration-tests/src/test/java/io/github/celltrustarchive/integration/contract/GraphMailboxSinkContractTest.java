// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.graph.GraphMailboxSinkBuilder;

/** The sink for Exchange Online keeps the rules of sinks, with all defaults. */
class GraphMailboxSinkContractTest extends GraphSinkContract {

    @Override
    GraphMailboxSinkBuilder with(GraphMailboxSinkBuilder builder) {
        return builder;
    }
}
