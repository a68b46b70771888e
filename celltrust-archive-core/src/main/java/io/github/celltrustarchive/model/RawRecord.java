// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One record exactly as the source gave it. It is kept for ever, whatever becomes of it.
 *
 * @param mediaType what {@code bytes} are, such as {@code application/json} or {@code message/rfc822}
 * @param bytes the record itself
 * @param parts what came beside it, by the name under which the record mentions it (attachment files); in order. Names
 *     are data: they are never used as a path
 * @param locator where the source keeps it (file and line, spool sequence), unique within the connector and the same at
 *     every reading. It identifies a record that can't be parsed and is the source id where the source gives none. Where
 *     a record without an id may come again in another place (exports that overlap), its place would make it another item:
 *     such a source makes the locator from what never changes in the record, such as a digest, and counts equal records,
 *     so that two equal messages stay two. No personal data
 */
public record RawRecord(String mediaType, Content bytes, Map<String, Content> parts, String locator) {

    public RawRecord {
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(bytes, "bytes");
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        Objects.requireNonNull(locator, "locator");
        if (locator.isBlank()) {
            throw new IllegalArgumentException("locator must not be blank");
        }
    }

    /** A record with nothing beside it. */
    public RawRecord(String mediaType, Content bytes, String locator) {
        this(mediaType, bytes, Map.of(), locator);
    }

    @Override
    public String toString() {
        return "RawRecord[" + locator + ", " + bytes.size() + " bytes, " + parts.size() + " parts]";
    }
}
