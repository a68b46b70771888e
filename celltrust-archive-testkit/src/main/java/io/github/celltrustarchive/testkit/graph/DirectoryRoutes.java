// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Users and members of groups. */
final class DirectoryRoutes {

    private static final Pattern ADVANCED = Pattern.compile("\\bne\\b|\\bnot\\b|endsWith", Pattern.CASE_INSENSITIVE);

    private final Simulation simulation;

    DirectoryRoutes(Simulation simulation) {
        this.simulation = simulation;
    }

    void addTo(RouteTable routes) {
        routes.on("GET users", "$filter $select $top $count $skip", this::users);
        routes.on("GET users/*", "$select", this::user);
        for (String cast : List.of("microsoft.graph.user", "graph.user")) {
            routes.on("GET groups/*/transitiveMembers/" + cast, "$select $top $count $skip", this::members);
        }
        routes.on("GET users/*/settings/exchange", "", this::exchangeSettings);
    }

    private Reply users(Call call) throws Refusal {
        String filter = call.query("$filter", "");
        if (ADVANCED.matcher(filter.replaceAll("'[^']*'", "")).find()
                || call.query().containsKey("$count")) {
            requireAdvanced(call);
        }
        Shape shape = Shape.of(call, "user", simulation.journal());
        Predicate<SimulatedUser> wanted = filter.isEmpty() ? user -> true : ODataFilter.users(filter);
        List<SimulatedUser> found =
                simulation.tenant().users().stream().filter(wanted).toList();
        return simulation.page(call, found, user -> GraphJson.user(user, shape));
    }

    private Reply user(Call call) throws Refusal {
        Shape shape = Shape.of(call, "user", simulation.journal());
        return Reply.of(200, GraphJson.user(simulation.tenant().user(call.after("users")), shape));
    }

    private Reply members(Call call) throws Refusal {
        requireAdvanced(call);
        Shape shape = Shape.of(call, "user", simulation.journal());
        return simulation.page(
                call, simulation.tenant().members(call.after("groups")), user -> GraphJson.user(user, shape));
    }

    private Reply exchangeSettings(Call call) throws Refusal {
        SimulatedUser user = simulation.tenant().user(call.after("users"));
        simulation.mailbox(call);
        return Reply.of(200, GraphJson.object().put("primaryMailboxId", SimulatedTenant.exchangeId(user)));
    }

    private static void requireAdvanced(Call call) throws Refusal {
        if (!"eventual".equals(call.header("consistencylevel")) || !"true".equals(call.query("$count", ""))) {
            throw Refusal.badRequest(
                    "Request_UnsupportedQuery", "ConsistencyLevel: eventual and $count=true are needed.");
        }
    }
}
