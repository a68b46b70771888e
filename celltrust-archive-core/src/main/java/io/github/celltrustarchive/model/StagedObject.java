// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object in the stage.
 *
 * @param name the name under which it was put
 * @param uri where it lies; what {@code open} and {@code delete} take
 * @param size in bytes
 * @param sha256 of its plain bytes, 64 lower-case hexadecimal digits; null where a listing doesn't know it
 */
public record StagedObject(
        String name, URI uri, long size, @Nullable String sha256) {

    public StagedObject {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(uri, "uri");
        if (sha256 != null) {
            Hex.requireSha256(sha256, "sha256");
        }
    }
}
