// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.time.Duration;
import java.util.Objects;

/**
 * What goes wrong with one request.
 *
 * @param kind what
 * @param retryAfter the {@code Retry-After} header to send with {@link Kind#THROTTLED} and {@link Kind#UNAVAILABLE}, whatever it
 *     says, empty for none; {@code +2} is sent as the date two seconds ahead on the simulator's clock
 * @param lateBy for {@link Kind#APPLIED_LATE}, how long after the client is gone it takes effect; for {@link Kind#DELAYED}, how
 *     long the answer takes
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
        /** The connection is closed without an answer, and nothing is done. */
        CLOSED,
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
        TOKEN_REFUSED,
        /** It is done, and the answer comes a while later. */
        DELAYED
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

    /** 503 with this {@code Retry-After}, whatever it says. */
    public static GraphFault unavailable(String retryAfter) {
        return new GraphFault(Kind.UNAVAILABLE, retryAfter, Duration.ZERO);
    }

    /** Done at once and answered this much later. */
    public static GraphFault delayed(Duration time) {
        return new GraphFault(Kind.DELAYED, "", time);
    }
}
