// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples.smsbackup;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The app writes a character outside the Basic Multilingual Plane, as every emoji is, as two character references, one for
 * each half of its surrogate pair: <code>&amp;#55357;&amp;#56832;</code>. That isn't well-formed: a character reference must name a
 * character, and a surrogate is none (XML 1.0, section 2.2). This joins such pairs into the reference that XML wants,
 * <code>&amp;#128512;</code>, and touches nothing else: a lone half stays, and stays an error.
 */
final class SurrogatePairs {

    /** 55296 to 56319 or d800 to dbff, then 56320 to 57343 or dc00 to dfff. */
    private static final Pattern PAIR = Pattern.compile(
            "&#(55(?:29[6-9]|[3-9]\\d\\d)|56(?:[0-2]\\d\\d|3[01]\\d)|x[dD][89abAB][0-9a-fA-F]{2});"
                    + "&#(56(?:3[2-9]\\d|[4-9]\\d\\d)|57(?:[0-2]\\d\\d|3[0-3]\\d|34[0-3])|x[dD][c-fC-F][0-9a-fA-F]{2});");

    private SurrogatePairs() {}

    /** The XML, in any encoding that writes ASCII as ASCII, with its pairs joined. */
    static byte[] join(byte[] xml) {
        String bytes = new String(xml, StandardCharsets.ISO_8859_1); // one char for each byte, and back
        return PAIR.matcher(bytes)
                .replaceAll(pair -> "&#" + Character.toCodePoint(half(pair.group(1)), half(pair.group(2))) + ";")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static char half(String reference) {
        return (char)
                (reference.charAt(0) == 'x'
                        ? Integer.parseInt(reference.substring(1), 16)
                        : Integer.parseInt(reference));
    }
}
