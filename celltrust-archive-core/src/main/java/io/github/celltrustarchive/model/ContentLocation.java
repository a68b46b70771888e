// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.net.URI;
import java.util.Objects;

/**
 * Where bytes lie inside a staged object.
 *
 * @param object the staged object (a pack)
 * @param offset of the first byte
 * @param length in bytes
 * @param sha256 of these bytes, 64 lower-case hexadecimal digits
 */
public record ContentLocation(URI object, long offset, long length, String sha256) {

    public ContentLocation {
        Objects.requireNonNull(object, "object");
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("offset and length must not be negative");
        }
        Hex.requireSha256(sha256, "sha256");
    }
}
