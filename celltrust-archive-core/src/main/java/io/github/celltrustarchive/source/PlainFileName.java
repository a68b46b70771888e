// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

/** Which names may be looked up in a folder: those that can't mean anything but a file directly in it, on any system. */
final class PlainFileName {

    private static final String FORBIDDEN = "/\\:*?\"<>|";

    private PlainFileName() {}

    static boolean is(String name) {
        return !name.isEmpty()
                && name.length() <= 255
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c < 0x20 || c == 0x7F || FORBIDDEN.indexOf(c) >= 0);
    }
}
