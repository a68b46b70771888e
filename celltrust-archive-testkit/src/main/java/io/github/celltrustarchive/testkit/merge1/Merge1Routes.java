// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.merge1;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.testkit.merge1.Merge1Fault.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What each address of {@code docs/merge1-site.yaml} does, and that there are no others. */
final class Merge1Routes {

    private static final int MAX_LIMIT = 1_000;
    private static final int MAX_WHOLE = 64 << 20;
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{1,18})");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Set<String>> PARAMETERS = Map.of(
            "GET connectors",
            Set.of("name"),
            "GET connectors/*/items",
            Set.of("cursor", "limit", "storedFrom", "storedUntil"));
    private static final Set<String> ROUTES = Set.of(
            "GET connectors/*/items",
            "GET connectors/*/items/*",
            "GET connectors/*/items/*/content",
            "POST connectors/*/acknowledgements");

    private final Map<String, SimulatedConnector> connectors;
    private final List<String> problems;
    private final URI root;

    Merge1Routes(Map<String, SimulatedConnector> connectors, List<String> problems, URI root) {
        this.connectors = connectors;
        this.problems = problems;
        this.root = root;
    }

    Merge1Reply answer(Merge1Request request, Merge1Fault fault) throws IOException {
        String route = request.route();
        for (String name : request.query().keySet()) {
            if (!PARAMETERS.getOrDefault(route, Set.of()).contains(name)) {
                problems.add("unknown parameter " + name + " of " + route);
            }
        }
        if (route.equals("GET connectors")) {
            return find(request);
        }
        if (!ROUTES.contains(route)) {
            problems.add("unknown route " + route);
            return Merge1Reply.error(404, "unknown_route");
        }
        SimulatedConnector connector = connectors.get(request.path().get(1));
        if (connector == null) {
            return Merge1Reply.error(404, "connector_unknown");
        }
        return switch (route) {
            case "GET connectors/*/items" -> list(request, connector, fault);
            case "GET connectors/*/items/*/content" -> content(request, connector, fault);
            case "POST connectors/*/acknowledgements" -> acknowledge(request, connector);
            default -> item(request, connector);
        };
    }

    private Merge1Reply item(Merge1Request request, SimulatedConnector connector) {
        return connector
                .item(request.path().get(3))
                .map(item -> Merge1Reply.json(200, item.json(link(connector, item))))
                .orElseGet(() -> Merge1Reply.error(404, "item_gone"));
    }

    private Merge1Reply find(Merge1Request request) {
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        connectors.values().stream()
                .filter(c -> c.name().equals(request.query().get("name")))
                .forEach(c -> found.addObject().put("id", c.id()).put("name", c.name()));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("connectors", found);
        return Merge1Reply.json(200, json);
    }

    private Merge1Reply list(Merge1Request request, SimulatedConnector connector, Merge1Fault fault) {
        String asked = request.query().getOrDefault("cursor", "");
        Optional<Long> place = SimulatedConnector.orderOf(asked);
        if (place.isEmpty()) {
            return Merge1Reply.error(400, "cursor_unknown");
        }
        int limit = Integer.parseInt(request.query().getOrDefault("limit", "0"));
        if (limit < 1 || limit > MAX_LIMIT) {
            return Merge1Reply.error(400, "bad_request");
        }
        Predicate<SimulatedItem> wanted = window(request);
        long after = place.get();
        if (fault.kind() == Kind.PAGE_REPEATED) {
            after = connector.before(after, wanted, limit);
        }
        List<SimulatedItem> found = connector.after(after, wanted, limit);
        boolean more = found.size() > limit;
        List<SimulatedItem> items = new ArrayList<>(found.subList(0, Math.min(limit, found.size())));
        if (fault.kind() == Kind.PAGE_SHRUNK && items.size() > 1) {
            more = true;
            items = items.subList(0, items.size() / 2);
        }
        if (!request.query().containsKey("storedFrom")) {
            connector.show(items);
        }
        String same = asked.isEmpty() ? SimulatedConnector.cursor(Long.MIN_VALUE) : asked;
        String next = items.isEmpty()
                ? same
                : SimulatedConnector.cursor(items.get(items.size() - 1).order());
        return switch (fault.kind()) {
            case PAGE_EMPTY -> page(connector, List.of(), SimulatedConnector.alias(asked), true, fault);
            case CIRCLE -> page(connector, items, SimulatedConnector.cursor(Long.MIN_VALUE), true, fault);
            case PAGE_REVERSED -> {
                Collections.reverse(items);
                yield page(connector, items, next, more, fault);
            }
            case PAGE_DOUBLED -> {
                if (!items.isEmpty() && items.size() < limit) {
                    items.add(items.get(0));
                }
                yield page(connector, items, next, more, fault);
            }
            default -> page(connector, items, next, more, fault);
        };
    }

    private Merge1Reply page(
            SimulatedConnector connector, List<SimulatedItem> items, String next, boolean more, Merge1Fault fault) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode array = json.putArray("items");
        for (SimulatedItem item : items) {
            array.add(item.json(fault.kind() == Kind.FOREIGN_LINKS ? fault.text() : link(connector, item)));
        }
        return Merge1Reply.json(200, json.put("nextCursor", next).put("more", more));
    }

    private static Predicate<SimulatedItem> window(Merge1Request request) {
        Instant from = Instant.parse(request.query().getOrDefault("storedFrom", Instant.MIN.toString()));
        Instant until = Instant.parse(request.query().getOrDefault("storedUntil", Instant.MAX.toString()));
        return item -> !item.storedAt().isBefore(from) && item.storedAt().isBefore(until);
    }

    private Merge1Reply content(Merge1Request request, SimulatedConnector connector, Merge1Fault fault)
            throws IOException {
        Optional<SimulatedItem> found = connector.item(request.path().get(3));
        if (found.isEmpty() || fault.kind() == Kind.CONTENT_GONE) {
            return Merge1Reply.error(404, "item_gone");
        }
        Content eml = found.get().eml();
        String sha256 = found.get().eml().sha256();
        String version = "\"" + sha256 + "\"";
        Merge1Reply reply = new Merge1Reply(
                200,
                Map.of(
                        "Content-Type",
                        "message/rfc822",
                        "ETag",
                        version,
                        "Repr-Digest",
                        digestField(HexFormat.of().parseHex(sha256))),
                new byte[0]);
        Matcher range = RANGE.matcher(request.header("Range"));
        String ifRange = request.header("If-Range");
        if (!range.matches() || !(ifRange.isEmpty() || ifRange.equals(version))) {
            return reply.with(read(eml, 0, (int) Math.min(eml.size(), MAX_WHOLE)));
        }
        long first = Long.parseLong(range.group(1));
        long last = Math.min(Long.parseLong(range.group(2)), eml.size() - 1);
        if (first > last) {
            return Merge1Reply.error(416, "bad_request");
        }
        return range(eml, first, last, reply, fault);
    }

    private static Merge1Reply range(Content eml, long first, long last, Merge1Reply whole, Merge1Fault fault)
            throws IOException {
        long end = fault.kind() == Kind.SHORT_RANGE && last > first ? last - 1 : last;
        byte[] bytes = read(eml, first, (int) (end - first + 1));
        if (fault.kind() == Kind.CORRUPTED) {
            bytes[bytes.length / 2] ^= 1;
        }
        String digest = digestField(sha256(bytes));
        if (fault.kind() == Kind.WRONG_DIGEST) {
            bytes[0] ^= 1;
        }
        long size = eml.size() + (fault.kind() == Kind.WRONG_LENGTH ? 1 : 0);
        return new Merge1Reply(206, whole.headers(), bytes)
                .with("Content-Range", "bytes " + first + "-" + end + "/" + size)
                .with("Content-Digest", digest);
    }

    private Merge1Reply acknowledge(Merge1Request request, SimulatedConnector connector) {
        String cursor;
        try {
            cursor = JSON.readTree(request.body()).path("cursor").asText("");
        } catch (IOException e) {
            return Merge1Reply.error(400, "bad_request");
        }
        if (cursor.isEmpty() || SimulatedConnector.orderOf(cursor).isEmpty()) {
            return Merge1Reply.error(400, "cursor_unknown");
        }
        connector.acknowledge(cursor);
        return new Merge1Reply(204, Map.of(), new byte[0]);
    }

    private String link(SimulatedConnector connector, SimulatedItem item) {
        String id = URLEncoder.encode(item.id(), StandardCharsets.UTF_8).replace("+", "%20");
        return root + "/connectors/" + connector.id() + "/items/" + id + "/content";
    }

    private static byte[] read(Content content, long from, int length) throws IOException {
        try (InputStream in = content.open()) {
            in.skipNBytes(from);
            return in.readNBytes(length);
        }
    }

    private static String digestField(byte[] digest) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
