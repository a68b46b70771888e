// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.util.Objects;

/**
 * What later stages need to know of an attachment.
 *
 * @param fileName the name as given
 * @param mediaType the media type as given
 * @param size in bytes
 * @param sha256 64 lower-case hexadecimal digits
 * @param leftOut whether the email carries only a note of it because it is over the {@link SizePolicy}; the bytes are in
 *     the pack
 */
public record AttachmentSummary(String fileName, String mediaType, long size, String sha256, boolean leftOut) {

    public AttachmentSummary {
        Objects.requireNonNull(fileName, "fileName");
        Objects.requireNonNull(mediaType, "mediaType");
        Hex.requireSha256(sha256, "sha256");
    }

    @Override
    public String toString() {
        return "AttachmentSummary[" + size + " bytes" + (leftOut ? ", left out" : "") + "]";
    }
}
