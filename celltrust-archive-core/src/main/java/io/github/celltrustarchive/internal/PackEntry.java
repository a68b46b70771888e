// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.ContentLocation;
import java.net.URI;
import java.util.Objects;

/**
 * Where an entry lies in its pack. The bytes are stored as they are, so that they can be read by offset.
 *
 * @param name the entry's name
 * @param offset of its first byte, from the pack's first byte
 * @param length in bytes
 * @param sha256 of its bytes, 64 lower-case hexadecimal digits
 */
record PackEntry(String name, long offset, long length, String sha256) {

    public PackEntry {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(sha256, "sha256");
    }

    /** The place of these bytes, once the pack is staged. */
    public ContentLocation in(URI pack) {
        return new ContentLocation(pack, offset, length, sha256);
    }
}
