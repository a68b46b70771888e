// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The addresses there are, and which query options each takes. */
final class RouteTable {

    /** Does what an address is for. */
    @FunctionalInterface
    interface Handler {
        Reply answer(Call call) throws Refusal;
    }

    /**
     * An address.
     *
     * @param options the names of the query options it takes
     */
    record Route(Set<String> options, Handler handler) {}

    private final Map<String, Route> routes = new HashMap<>();

    /** Adds an address, with its query options separated by blanks. */
    void on(String route, String options, Handler handler) {
        routes.put(route, new Route(options.isEmpty() ? Set.of() : Set.of(options.split(" ", -1)), handler));
    }

    @Nullable
    Route route(Call call) {
        return routes.get(call.route());
    }
}
