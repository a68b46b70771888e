// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** Digests and their one spelling: lower-case hexadecimal. */
final class Hex {

    private static final HexFormat FORMAT = HexFormat.of();

    private Hex() {}

    static String of(byte[] bytes) {
        return FORMAT.formatHex(bytes);
    }

    static byte[] parse(String hex) {
        return FORMAT.parseHex(hex);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String requireSha256(String hex, String name) {
        Objects.requireNonNull(hex, name);
        boolean valid =
                hex.length() == 64 && hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        if (!valid) {
            throw new IllegalArgumentException(name + " must be 64 lower-case hexadecimal digits");
        }
        return hex;
    }
}
