// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.merge1;

import java.util.Objects;

/**
 * What goes wrong with one request.
 *
 * @param kind what
 * @param text for {@link Kind#UNAVAILABLE} and {@link Kind#THROTTLED} the {@code Retry-After} header, empty for none; for
 *     {@link Kind#REDIRECTED} the {@code Location}; for {@link Kind#FOREIGN_LINKS} the link of every item
 */
public record Merge1Fault(Kind kind, String text) {

    /** Nothing goes wrong. */
    public static final Merge1Fault NONE = of(Kind.NONE);

    /** What can go wrong. What doesn't fit a request, such as a reversed page where there is no page, isn't done. */
    public enum Kind {
        /** Nothing. */
        NONE,
        /** The connection is closed without an answer. */
        DROPPED,
        /** The connection is closed in the middle of the body. */
        TRUNCATED,
        /** 503. */
        UNAVAILABLE,
        /** 429. */
        THROTTLED,
        /** 401: the token has just expired. */
        TOKEN_REFUSED,
        /** 200 and an HTML page. */
        HTML,
        /** 404 of a gateway, with an HTML page. */
        HTML_NOT_FOUND,
        /** The body comes a byte at a time, without end. */
        DRIBBLED,
        /** JSON compressed to a thousandth. */
        GZIP_BOMB,
        /** A range that says it belongs to an item of another length. */
        WRONG_LENGTH,
        /** A range of a byte less than was asked for, which says so. */
        SHORT_RANGE,
        /** A range whose bytes have another digest than its head says. */
        WRONG_DIGEST,
        /** A range whose bytes have changed on their way before the head was made. */
        CORRUPTED,
        /** 404: the item is gone, it is said of its bytes. */
        CONTENT_GONE,
        /** The page before, again. */
        PAGE_REPEATED,
        /** The page's items, the last first. */
        PAGE_REVERSED,
        /** The first half of the page. */
        PAGE_SHRUNK,
        /** The page, with its first item twice. */
        PAGE_DOUBLED,
        /** No items, and a cursor for the same place under another name. */
        PAGE_EMPTY,
        /** The page, and the cursor of the list's beginning. */
        CIRCLE,
        /** The page, with links to another host. */
        FOREIGN_LINKS,
        /** 307 to another place. */
        REDIRECTED
    }

    public Merge1Fault {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
    }

    /** A fault without particulars. */
    public static Merge1Fault of(Kind kind) {
        return new Merge1Fault(kind, "");
    }
}
