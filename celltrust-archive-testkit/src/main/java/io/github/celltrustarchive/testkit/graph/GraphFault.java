// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.time.Duration;
import java.util.Objects;

/**
 * What goes wrong with one request.
 *
 * @param kind what
 * @param retryAfter the {@code Retry-After} header to send with it, empty for none
 * @param lateBy for {@link Kind#APPLIED_LATE}, how long after the client is gone it takes effect
 */
public record GraphFault(Kind kind, String retryAfter, Duration lateBy) {

    /** Nothing goes wrong. */
    public static final GraphFault NONE = of(Kind.NONE);

    /** What can go wrong. */
    public enum Kind {
        /** Nothing. */
        NONE,
        /** It is done, and the answer is 504. */
        DONE_THEN_504,
        /** It is done, and the connection is closed without an answer. */
        DONE_THEN_CLOSED,
        /** The connection is closed without an answer, and it is done a while later. */
        APPLIED_LATE,
        /** 503, and nothing is done. */
        UNAVAILABLE,
        /** 429, and nothing is done. */
        THROTTLED,
        /** 404, and nothing is done: a message that was just created isn't everywhere yet. */
        NOT_FOUND_YET,
        /** 200 with no body, and nothing is done. */
        EMPTY_SUCCESS,
        /** 401, and nothing is done: the token has just expired. */
        TOKEN_REFUSED
    }

    public GraphFault {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(retryAfter, "retryAfter");
        Objects.requireNonNull(lateBy, "lateBy");
    }

    /** A fault without particulars. */
    public static GraphFault of(Kind kind) {
        return new GraphFault(kind, "", Duration.ZERO);
    }

    /** 429 with this {@code Retry-After}, whatever it says. */
    public static GraphFault throttled(String retryAfter) {
        return new GraphFault(Kind.THROTTLED, retryAfter, Duration.ZERO);
    }

    /** Done this long after the client is gone. */
    public static GraphFault appliedLate(Duration lateBy) {
        return new GraphFault(Kind.APPLIED_LATE, "", lateBy);
    }
}
