// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.merge1;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.celltrustarchive.model.DigestedContent;
import java.time.Instant;

/**
 * An item of the site.
 *
 * @param order its place in the list
 * @param id the site's id
 * @param eml its bytes
 * @param storedAt when the site stored it
 */
record SimulatedItem(long order, String id, DigestedContent eml, Instant storedAt) {

    SimulatedItem with(DigestedContent changed) {
        return new SimulatedItem(order, id, changed, storedAt);
    }

    ObjectNode json(String link) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("size", eml.size())
                .put("sha256", eml.sha256())
                .put("storedAt", storedAt.toString())
                .put("name", id + ".eml")
                .put("contentUrl", link);
    }
}
