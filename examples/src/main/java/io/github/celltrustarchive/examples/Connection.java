// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.graph.MicrosoftCloud;
import io.github.celltrustarchive.graph.TokenSource;
import io.github.celltrustarchive.spi.Stager;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A tenant and a stage.
 *
 * @param cloud where the tenant is
 * @param tokens of the application; one source for the process
 * @param client for all requests to the tenant
 * @param stage opens the stage
 * @param stagedIn where that is, for people
 */
record Connection(
        MicrosoftCloud cloud, TokenSource tokens, HttpClient client, Supplier<Stager> stage, String stagedIn) {

    private static final Duration CONNECT = Duration.ofSeconds(20);

    /** A client that goes where it is told, through the proxy that the Java machine is told to use. */
    static HttpClient newClient() {
        return HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }
}
