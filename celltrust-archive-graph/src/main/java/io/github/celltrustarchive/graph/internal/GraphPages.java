// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists that come in pages.
 *
 * <p>Fact: <a href="https://learn.microsoft.com/graph/paging">paging</a>; the link for the next page is followed as it is.
 */
final class GraphPages {

    private static final int MAX_PAGES = 1_000;

    private GraphPages() {}

    /** The entries of all pages. */
    static List<JsonNode> all(GraphCalls calls, String pathAndQuery, String mailbox)
            throws IOException, InterruptedException {
        List<JsonNode> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        @Nullable String link = pathAndQuery;
        while (link != null) {
            if (!seen.add(link) || seen.size() > MAX_PAGES) {
                throw new IOException("the pages of a list go round in a circle");
            }
            JsonNode page = calls.call(GraphRequest.get(link, mailbox)).body();
            if (!page.path("value").isArray()) {
                throw new IOException("Microsoft Graph answered with something that is no list");
            }
            page.path("value").forEach(entries::add);
            JsonNode next = page.path("@odata.nextLink");
            link = next.isTextual() ? next.asText() : null;
        }
        return entries;
    }
}
