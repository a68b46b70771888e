// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.merge1;

import io.github.celltrustarchive.graph.AccessToken;
import io.github.celltrustarchive.graph.GraphMailboxSink;
import io.github.celltrustarchive.graph.GraphUserMapper;
import io.github.celltrustarchive.graph.MicrosoftCloud;
import io.github.celltrustarchive.graph.TokenSource;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.spi.UserMapper;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.graph.GraphSimulator;
import io.github.celltrustarchive.testkit.graph.SimulatedMailbox;
import io.github.celltrustarchive.testkit.graph.SimulatedUser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A simulated tenant: its directory as a mapper, its mailboxes as a sink. */
final class GraphWorld implements AutoCloseable {

    private final GraphSimulator graph;
    private final MicrosoftCloud cloud;
    private final TokenSource tokens;

    GraphWorld(LoopbackTls tls) throws IOException {
        graph = GraphSimulator.start(tls);
        cloud = MicrosoftCloud.GLOBAL.withGraph(graph.root());
        tokens = (scope, refused) ->
                new AccessToken(graph.newToken(), Clock.systemUTC().instant().plusSeconds(3_000));
    }

    SimulatedMailbox add(String address) {
        return graph.add(SimulatedUser.of("id-" + address, address));
    }

    UserMapper mapper(ConnectorProfile profile) {
        return GraphUserMapper.builder(cloud, tokens)
                .httpClient(graph.httpClient())
                .ownedDomains(profile.ownedDomains())
                .build();
    }

    GraphMailboxSink sink(ConnectorProfile profile, Path temporaryFolder, boolean attachOriginal) {
        return GraphMailboxSink.builder(cloud, tokens, profile)
                .httpClient(graph.httpClient())
                .temporaryFolder(temporaryFolder)
                .attachOriginal(attachOriginal)
                .build();
    }

    /** What the simulator was asked for and Graph doesn't know. */
    List<String> unexpected() {
        return graph.unexpected();
    }

    @Override
    public void close() {
        graph.close();
    }
}
