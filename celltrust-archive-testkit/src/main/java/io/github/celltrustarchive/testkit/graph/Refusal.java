// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.util.Map;

/** An answer that says no. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Map<String, String> headers;

    Refusal(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    Refusal(int status, String code, String message, Map<String, String> headers) {
        super(message);
        this.status = status;
        this.code = code;
        this.headers = headers;
    }

    static Refusal notFound() {
        return new Refusal(404, "ErrorItemNotFound", "The specified object was not found in the store.");
    }

    static Refusal badRequest(String code, String message) {
        return new Refusal(400, code, message);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    Map<String, String> headers() {
        return headers;
    }
}
