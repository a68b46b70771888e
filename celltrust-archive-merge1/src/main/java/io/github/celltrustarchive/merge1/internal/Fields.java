// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.mail.EncodedWordReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Header fields as they were written: one char a byte, unfolded, white space collapsed.
 *
 * @param values the values of each field in their order, by the field's name in lower case
 */
record Fields(Map<String, List<String>> values) {

    /** All values of a field, none if it isn't there. */
    List<String> all(String name) {
        return values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** The first value; empty if there is none. Of a field that occurs twice, indexers see the first. */
    String first(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? "" : all.get(0);
    }

    /** The first value as text. */
    String text(String name) {
        return EncodedWordReader.decode(unicode(first(name)));
    }

    /** Raw 8-bit text: UTF-8 (RFC 6532) if all of it is, else Latin-1. */
    static String unicode(String value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return value;
        }
    }

    /** How many fields, never what they say. */
    @Override
    public String toString() {
        return "Fields[" + values.size() + "]";
    }
}
