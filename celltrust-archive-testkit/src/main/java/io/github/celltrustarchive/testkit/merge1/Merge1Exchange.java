// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.merge1;

import io.github.celltrustarchive.model.Content;
import java.util.List;
import java.util.Map;

/**
 * A request and its answer, as they went over the wire.
 *
 * @param method the HTTP method
 * @param path as received, not decoded
 * @param query as received, not decoded; empty if there is none
 * @param requestHeaders by name
 * @param requestBody as received
 * @param status 0 if the connection was closed without an answer
 * @param responseHeaders by name
 * @param responseBody not compressed, at most the first mebibyte
 * @param fault what went wrong on purpose
 */
public record Merge1Exchange(
        String method,
        String path,
        String query,
        Map<String, List<String>> requestHeaders,
        Content requestBody,
        int status,
        Map<String, List<String>> responseHeaders,
        Content responseBody,
        Merge1Fault.Kind fault) {

    /** Method, path and status. */
    @Override
    public String toString() {
        return method + " " + path + " -> " + status + (fault == Merge1Fault.Kind.NONE ? "" : " " + fault);
    }
}
