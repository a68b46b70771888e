// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.graph.GraphMailboxSinkBuilder;
import io.github.celltrustarchive.testkit.graph.GraphFault;

/** The sink for Exchange Online keeps the rules of sinks where it imports emails, which takes two steps each. */
class GraphMimeImportContractTest extends GraphSinkContract {

    @Override
    GraphMailboxSinkBuilder with(GraphMailboxSinkBuilder builder) {
        return builder.importMime(true).inFlightPerMailbox(4);
    }

    /** The email is there and not marked yet. */
    @Override
    protected boolean breakHalfWay() {
        return failOnce(request -> request.method().equals("PATCH"), GraphFault.of(GraphFault.Kind.UNAVAILABLE));
    }
}
