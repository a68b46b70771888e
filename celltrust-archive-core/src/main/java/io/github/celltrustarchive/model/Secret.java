// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A password, client secret or key that must not be seen: not in {@code toString}, logs or exceptions, and not through Java
 * serialisation. Where it is needed, {@link #reveal()} gives it; so a search for that word finds every such place.
 *
 * <p>Immutable and thread-safe. Two secrets are never equal unless they are one object.
 */
public final class Secret {

    private static final int MAX_FILE = 64 * 1024;

    private final Text text;

    /** Where the text comes from, each time it is needed. */
    @FunctionalInterface
    private interface Text {
        String get() throws IOException;
    }

    private Secret(Text text) {
        this.text = text;
    }

    /**
     * A secret that is known already.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public static Secret of(String text) {
        if (Objects.requireNonNull(text, "text").isEmpty()) {
            throw new IllegalArgumentException("a secret must not be empty");
        }
        return new Secret(() -> text);
    }

    /**
     * A secret in a file (UTF-8, at most 64 KiB, one line end at the end is left off), as container platforms mount them.
     * Read at each use, so that a secret that is renewed there is seen.
     */
    public static Secret ofFile(Path file) {
        Objects.requireNonNull(file, "file");
        return new Secret(() -> read(file));
    }

    /**
     * The secret itself, for the one call that needs it.
     *
     * @throws IOException if its file can't be read, is empty or too large
     */
    public String reveal() throws IOException {
        return text.get();
    }

    /** Says that there is one, and nothing more. */
    @Override
    public String toString() {
        return "Secret[…]";
    }

    private static String read(Path file) throws IOException {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_FILE + 1);
        }
        String content = new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\r?\\n\\z", "");
        if (bytes.length > MAX_FILE || content.isEmpty()) {
            throw new IOException("a file that should hold a secret is empty or larger than 64 KiB");
        }
        return content;
    }
}
