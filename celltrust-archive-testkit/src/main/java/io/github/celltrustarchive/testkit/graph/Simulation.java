// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** What all addresses share. */
record Simulation(
        SimulatedTenant tenant, Journal journal, Vocabulary vocabulary, Clock clock, URI root, ContentStore store) {

    private static final int DEFAULT_PAGE = 10;
    private static final int LARGEST_PAGE = 999;

    Instant now() {
        return clock.instant();
    }

    SimulatedMailbox mailbox(Call call) throws Refusal {
        return tenant.mailboxOf(call.after("users"));
    }

    SimulatedFolder folder(Call call) throws Refusal {
        return mailbox(call).folder(call.after("mailFolders"));
    }

    SimulatedMessage message(Call call) throws Refusal {
        SimulatedMessage message = mailbox(call).message(call.after("messages"), call.immutableIds());
        if (call.path().contains("mailFolders") && !folder(call).id().equals(message.folderId())) {
            throw Refusal.notFound();
        }
        return message;
    }

    /** A route that isn't there. */
    Refusal unknown(Call call) {
        journal.unexpected("unknown route " + (call.version().isEmpty() ? "" : call.version() + " ") + call.route());
        return Refusal.badRequest("BadRequest", "Resource not found for the segment.");
    }

    /** One page of what was found, with the address of the next. */
    <T> Reply page(Call call, List<T> found, Function<T, ObjectNode> json) throws Refusal {
        int top = number(call, "$top", DEFAULT_PAGE);
        int skip = number(call, "$skip", 0);
        if (top < 1 || top > LARGEST_PAGE) {
            throw Refusal.badRequest("ErrorInvalidUrlQuery", "$top is from 1 to " + LARGEST_PAGE + ".");
        }
        ObjectNode page = GraphJson.object();
        if ("true".equals(call.query("$count", ""))) {
            page.put("@odata.count", found.size());
        }
        page.set(
                "value",
                GraphJson.list(found.stream().skip(skip).limit(top).map(json).toList()));
        if (found.size() > (long) skip + top) {
            page.put("@odata.nextLink", root + "/" + link(call, skip + top));
        }
        return Reply.of(200, page);
    }

    private static int number(Call call, String option, int otherwise) throws Refusal {
        String text = call.query(option, Integer.toString(otherwise));
        if (!text.matches("\\d{1,6}")) {
            throw Refusal.badRequest("ErrorInvalidUrlQuery", option + " is not a number.");
        }
        return Integer.parseInt(text);
    }

    private static String link(Call call, int skip) {
        StringBuilder link = new StringBuilder();
        call.path()
                .forEach(segment -> link.append(link.length() == 0 ? "" : "/").append(encode(segment)));
        link.append("?$skip=").append(skip);
        call.query().forEach((name, value) -> {
            if (!name.equals("$skip")) {
                link.append('&').append(name).append('=').append(encode(value));
            }
        });
        return link.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
