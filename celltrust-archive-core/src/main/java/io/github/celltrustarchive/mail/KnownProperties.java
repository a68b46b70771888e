// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which properties have a header of their own. The list is closed, so that no source can invent a header; all others are
 * shown in the body's details. Names are compared by their letters and digits, whatever their case: {@code networkType},
 * {@code network_type} and {@code NETWORK TYPE} are one.
 */
final class KnownProperties {

    private static final Map<String, String> HEADERS = Map.ofEntries(
            Map.entry("carrier", "Carrier"),
            Map.entry("status", "Status"),
            Map.entry("network", "Network"),
            Map.entry("networktype", "Network"),
            Map.entry("duration", "Duration"),
            Map.entry("callduration", "Duration"),
            Map.entry("account", "Account"),
            Map.entry("accountid", "Account"),
            Map.entry("ou", "Organizational-Unit"),
            Map.entry("organizationalunit", "Organizational-Unit"),
            Map.entry("keyword", "Keyword"),
            Map.entry("responsetype", "Response-Type"),
            Map.entry("sequence", "Sequence"),
            Map.entry("device", "Device"),
            Map.entry("timezone", "Time-Zone"));

    private final Map<String, String> headers = new TreeMap<>();
    private final Map<String, String> others = new LinkedHashMap<>();

    private KnownProperties() {}

    /** Sorts the properties by name, which makes the result independent of their order. */
    static KnownProperties of(Map<String, String> properties) {
        KnownProperties split = new KnownProperties();
        new TreeMap<>(properties).forEach((name, value) -> {
            String header = headerOf(name);
            if (header == null || value.isBlank() || split.headers.putIfAbsent(header, value) != null) {
                split.others.put(name, value);
            }
        });
        return split;
    }

    /** Header suffix and value, each suffix once. */
    Map<String, String> headers() {
        return headers;
    }

    /** The rest, by the source's name. */
    Map<String, String> others() {
        return others;
    }

    private static @Nullable String headerOf(String name) {
        if (name.length() > 40) {
            return null;
        }
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                plain.append(c);
            } else if (c >= 'A' && c <= 'Z') {
                plain.append((char) (c + 32));
            }
        }
        return HEADERS.get(plain.toString());
    }
}
