// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import io.github.celltrustarchive.model.Content;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The decoded bytes of a part, decoded anew by every {@link #open()}. */
record PartContent(EmlPart part, long size) implements Content {

    /**
     * Decodes the part once to count its bytes.
     *
     * @throws MessagingException if its transfer encoding is unknown
     * @throws IOException if it can't be decoded, or not be read
     */
    static PartContent of(EmlPart part) throws MessagingException, IOException {
        try (InputStream in = part.decoded()) {
            return new PartContent(part, in.transferTo(OutputStream.nullOutputStream()));
        }
    }

    @Override
    public InputStream open() throws IOException {
        try {
            return part.decoded();
        } catch (MessagingException e) {
            throw new IOException("email part: " + e.getClass().getSimpleName(), e);
        }
    }

    @Override
    public String toString() {
        return "Content[part, " + size + " bytes]";
    }
}
