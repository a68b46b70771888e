// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which address does what, and that there are no others, no other query options and no other headers. */
final class GraphRoutes {

    private static final int MAX_REQUEST = 4 * 1024 * 1024;
    private static final Set<String> HEADERS = Set.of(
            "accept",
            "accept-encoding",
            "authorization",
            "client-request-id",
            "connection",
            "consistencylevel",
            "content-length",
            "content-range",
            "content-type",
            "expect",
            "host",
            "http2-settings",
            "if-match",
            "prefer",
            "return-client-request-id",
            "sdkversion",
            "traceparent",
            "tracestate",
            "transfer-encoding",
            "upgrade",
            "user-agent");
    private static final Pattern PREFERENCE = Pattern.compile(
            "\\s*(?i:IdType\\s*=\\s*\"ImmutableId\"|include-unknown-enum-members|odata\\.maxpagesize=\\d+)\\s*");

    private final Simulation simulation;
    private final UploadSessions uploads;
    private final TransferRoutes transfers;
    private final RouteTable table = new RouteTable();

    GraphRoutes(Simulation simulation, long messageLimit, int silentMimeLimit) {
        this.simulation = simulation;
        uploads = new UploadSessions(simulation, messageLimit);
        transfers = new TransferRoutes(simulation);
        MessageRules rules = new MessageRules(simulation);
        new DirectoryRoutes(simulation).addTo(table);
        new FolderRoutes(simulation, rules).addTo(table);
        new MessageRoutes(simulation, rules, new MimeRules(simulation, silentMimeLimit)).addTo(table);
        new AttachmentRoutes(simulation, rules, uploads).addTo(table);
        transfers.addTo(table);
    }

    RouteTable table() {
        return table;
    }

    Reply answer(Call call) throws Refusal {
        if (call.body().length > MAX_REQUEST) {
            throw new Refusal(413, "RequestEntityTooLarge", "The request is larger than 4 MB.");
        }
        RouteTable.Route route = table.route(call);
        if (route == null) {
            throw simulation.unknown(call);
        }
        check(call, route);
        return route.handler().answer(call);
    }

    private void check(Call call, RouteTable.Route route) throws Refusal {
        for (String option : call.query().keySet()) {
            if (!route.options().contains(option)) {
                throw refuse("unknown query option '" + option + "' of " + call.route());
            }
        }
        for (String header : call.headers().keySet()) {
            if (!HEADERS.contains(header)) {
                throw refuse("unknown header '" + header + "' of " + call.route());
            }
        }
        String preferences = call.header("prefer");
        for (String preference : preferences == null ? new String[0] : preferences.split(",", -1)) {
            if (!PREFERENCE.matcher(preference).matches()) {
                throw refuse(
                        "unknown preference '" + preference.strip().toLowerCase(Locale.ROOT) + "' of " + call.route());
            }
        }
    }

    private Refusal refuse(String what) {
        simulation.journal().unexpected(what);
        return Refusal.badRequest("BadRequest", "There is an " + what + ".");
    }

    /** The mailbox whose limits a request counts against; empty for the directory. */
    Optional<SimulatedMailbox> mailboxOf(Call call) throws Refusal {
        if (preauthenticated(call)) {
            return call.path().get(0).equals("upload")
                    ? uploads.mailboxOf(call.after("upload"))
                    : transfers.mailboxOf(call.after("import"));
        }
        if (call.path().size() > 3 && "users".equals(call.path().get(1))) {
            return Optional.of(simulation.mailbox(call));
        }
        return call.after("mailboxes").isEmpty()
                ? Optional.empty()
                : Optional.of(simulation.tenant().mailboxByExchangeId(call.after("mailboxes")));
    }

    /** Whether the address is its own credential, so that a token is an error. */
    static boolean preauthenticated(Call call) {
        return Set.of("upload", "import").contains(call.path().get(0));
    }
}
