// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.graph.GraphMailboxSinkBuilder;
import io.github.celltrustarchive.testkit.graph.GraphFault;

/** The sink for Exchange Online keeps the rules of sinks, with all defaults. */
class GraphMailboxSinkContractTest extends GraphSinkContract {

    @Override
    GraphMailboxSinkBuilder with(GraphMailboxSinkBuilder builder) {
        return builder;
    }

    /** Too large for the request that creates the message. */
    @Override
    protected int halfWayBytes() {
        return 2_300_000;
    }

    /** The message is there, and its second attachment isn't. */
    @Override
    protected boolean breakHalfWay() {
        return failOnce(request -> request.path().endsWith("/attachments"), GraphFault.of(GraphFault.Kind.UNAVAILABLE));
    }
}
