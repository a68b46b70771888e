// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.util.Objects;

/**
 * A request with its answer, as far as they are kept: JSON and MIME as text, other content not at all, and the oldest bodies are
 * forgotten once too many have been seen.
 *
 * @param request what was asked
 * @param version {@code v1.0} or {@code beta}, or empty for addresses without one
 * @param requestType the media type of the request's body, empty if there is none
 * @param requestBody the body as text, empty if there was none or it isn't kept
 * @param status the HTTP status of the answer, 0 if the connection was closed without one
 * @param responseBody the answer's JSON, empty if there was none or it isn't kept
 */
public record RecordedCall(
        GraphRequestSeen request,
        String version,
        String requestType,
        String requestBody,
        int status,
        String responseBody) {

    public RecordedCall {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(requestType, "requestType");
        Objects.requireNonNull(requestBody, "requestBody");
        Objects.requireNonNull(responseBody, "responseBody");
    }

    RecordedCall withoutBodies() {
        return new RecordedCall(request, version, requestType, "", status, "");
    }

    int size() {
        return requestBody.length() + responseBody.length();
    }

    /** Method, path and status. */
    @Override
    public String toString() {
        return request + " -> " + status;
    }
}
