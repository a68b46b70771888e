// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of texts in the encoding of docs/email-format.md: each text as its UTF-16BE length in four bytes, then itself. */
final class Digests {

    private Digests() {}

    /**
     * 64 lower-case hexadecimal digits. UTF-16 keeps half surrogate pairs apart from each other, so that no two texts
     * share a digest.
     */
    static String hex(String... texts) {
        MessageDigest digest = sha256();
        for (String text : texts) {
            int length = text.length();
            byte[] bytes = new byte[4 + 2 * length];
            for (int i = 0; i < 4; i++) {
                bytes[i] = (byte) (length >>> (24 - 8 * i));
            }
            for (int i = 0; i < length; i++) {
                bytes[4 + 2 * i] = (byte) (text.charAt(i) >>> 8);
                bytes[5 + 2 * i] = (byte) text.charAt(i);
            }
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
