// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import java.time.Instant;
import java.util.Objects;

/**
 * A bearer token (RFC 6750). Its text is a secret: it is in no log, exception or {@code toString}.
 *
 * @param text what is sent after {@code Bearer}
 * @param expires when it is refused at the latest
 */
public record AccessToken(String text, Instant expires) {

    public AccessToken {
        if (Objects.requireNonNull(text, "text").isEmpty()) {
            throw new IllegalArgumentException("an access token must not be empty");
        }
        Objects.requireNonNull(expires, "expires");
    }

    /** Shows when it expires, never the token. */
    @Override
    public String toString() {
        return "AccessToken[expires " + expires + "]";
    }
}
