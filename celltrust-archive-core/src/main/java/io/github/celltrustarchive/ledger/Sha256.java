// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of texts. */
final class Sha256 {

    private static final HexFormat HEX = HexFormat.of();

    private Sha256() {}

    /** Of the UTF-8 form, as 64 lower-case hexadecimal digits. */
    static String hex(String text) {
        return HEX.formatHex(digest(text));
    }

    /** The first eight bytes of the digest of any text; unpaired surrogates, escaped before, keep their difference. */
    static long first64Bits(String text) {
        return ByteBuffer.wrap(digest(LosslessText.encode(text))).getLong();
    }

    static byte[] parse(String hex) {
        return HEX.parseHex(hex);
    }

    static String format(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
