// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which names may be looked up in a folder: those that can't mean anything but a file directly in it, on any system.
 * Windows takes {@code CON} and {@code aux.txt} for devices, {@code x:y} for a stream, and drops dots and spaces at the
 * end (Microsoft, "Naming Files, Paths, and Namespaces").
 */
final class PlainFileName {

    private static final String FORBIDDEN = "/\\:*?\"<>|";
    private static final Set<String> DEVICES = Stream.concat(
                    Stream.of("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"),
                    IntStream.rangeClosed(0, 9).boxed().flatMap(n -> Stream.of("COM" + n, "LPT" + n)))
            .collect(Collectors.toUnmodifiableSet());

    private PlainFileName() {}

    static boolean is(String name) {
        return !name.isEmpty()
                && name.length() <= 255
                && !name.endsWith(".")
                && !name.endsWith(" ")
                && !isDevice(name)
                && name.chars().noneMatch(c -> c < 0x20 || c == 0x7F || FORBIDDEN.indexOf(c) >= 0);
    }

    private static boolean isDevice(String name) {
        int dot = name.indexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        return DEVICES.contains(stem.stripTrailing().toUpperCase(Locale.ROOT));
    }
}
