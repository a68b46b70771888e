// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is answered.
 *
 * @param status the HTTP status
 * @param body the JSON, or null for none
 * @param headers beside the usual ones
 */
record Reply(int status, @Nullable JsonNode body, Map<String, String> headers) {

    static Reply of(int status, @Nullable JsonNode body) {
        return new Reply(status, body, Map.of());
    }
}
