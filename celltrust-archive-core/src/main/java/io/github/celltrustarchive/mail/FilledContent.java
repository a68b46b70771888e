// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import jakarta.activation.DataSource;
import jakarta.mail.Multipart;
import jakarta.mail.util.ByteArrayDataSource;

/** What an author put into a message or part, before anything is decided about its bytes. */
sealed interface FilledContent {

    /** Nothing yet. */
    record None() implements FilledContent {}

    /** A text of type {@code text/subtype}. */
    record Text(String text, String subtype) implements FilledContent {}

    /** Bytes that can be read several times. */
    record Data(DataSource source) implements FilledContent {}

    /** Parts. */
    record Parts(Multipart multipart) implements FilledContent {}

    /**
     * What {@code setContent} was given.
     *
     * @throws IllegalArgumentException if it is neither a text of a text type, nor bytes, nor a multipart
     */
    static FilledContent of(Object content, String type) {
        if (content instanceof Multipart multipart) {
            return new Parts(multipart);
        }
        if (content instanceof byte[] bytes) {
            return new Data(new ByteArrayDataSource(bytes.clone(), type));
        }
        String plain = MediaTypes.safe(type, java.util.EnumSet.noneOf(Note.class));
        if (content instanceof String text && plain.regionMatches(true, 0, "text/", 0, 5)) {
            return new Text(text, plain.substring(5));
        }
        throw new IllegalArgumentException("content must be a text of a text type, bytes or a multipart");
    }
}
