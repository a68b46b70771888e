// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.util.Objects;

/**
 * A file that came with a message.
 *
 * @param fileName the name as given, possibly empty; data, never a path
 * @param mediaType the media type as given, possibly nonsense; the converter decides what of it may stand in a header
 * @param content the bytes
 */
public record Attachment(String fileName, String mediaType, Content content) {

    public Attachment {
        Objects.requireNonNull(fileName, "fileName");
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(content, "content");
    }

    @Override
    public String toString() {
        return "Attachment[" + content.size() + " bytes]";
    }
}
