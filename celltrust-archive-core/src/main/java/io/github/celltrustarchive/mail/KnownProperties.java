// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which properties have a header of their own. The list is closed, so that no source can invent a header; all others are
 * shown in the body's details. Names are compared by their letters and digits, whatever their case: {@code networkType},
 * {@code network_type} and {@code NETWORK TYPE} are one.
 */
final class KnownProperties {

    private static final int MAX_NAME = 40;

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

    /**
     * What RFC 4356 and 3GPP TS 23.140 section 8.4 call the elements of a multimedia message. A property has one of these
     * headers if its name is the header's, or the header's behind {@code mms}: {@code X-Mms-Priority}, {@code mmsPriority}.
     */
    private static final List<String> MMS = List.of(
            "3GPP-MMS-Version",
            "Ack-Request",
            "Content-Class",
            "Delivery-Report",
            "Delivery-Time",
            "Expiry",
            "Forward-Counter",
            "Message-Class",
            "Message-Id",
            "Message-Size",
            "Message-Type",
            "MMS-Version",
            "MM-Status-Code",
            "Originator-System",
            "Previously-Sent-By",
            "Previously-Sent-Date-And-Time",
            "Priority",
            "Read-Reply",
            "Read-Status",
            "Reply-Charging",
            "Reply-Charging-Deadline",
            "Reply-Charging-Id",
            "Reply-Charging-Size",
            "Request-Status-Code",
            "Response-Status",
            "Sender-Visibility",
            "Status",
            "Status-Text",
            "Transaction-Id");

    private static final Map<String, String> MMS_HEADERS = mmsHeaders();

    private final Map<String, String> headers = new TreeMap<>();
    private final Map<String, String> mms = new TreeMap<>();
    private final Map<String, String> others = new LinkedHashMap<>();

    private KnownProperties() {}

    /** Sorts the properties by name, which makes the result independent of their order. */
    static KnownProperties of(Map<String, String> properties) {
        KnownProperties split = new KnownProperties();
        new TreeMap<>(properties).forEach((name, value) -> {
            if (Address.given(value).isEmpty() || !split.header(plain(name), value)) {
                split.others.put(name, value);
            }
        });
        return split;
    }

    /** Header suffix and value, each suffix once. */
    Map<String, String> headers() {
        return headers;
    }

    /** Whole header name and value of the elements of a multimedia message, each name once. */
    Map<String, String> mms() {
        return mms;
    }

    /** The first of the rest whose name has these lower-case letters and digits, or null. */
    @Nullable
    String other(String plainName) {
        for (Map.Entry<String, String> other : others.entrySet()) {
            if (plain(other.getKey()).equals(plainName)) {
                return other.getValue();
            }
        }
        return null;
    }

    /** The rest, by the source's name. */
    Map<String, String> others() {
        return others;
    }

    /** False if there is no header of that name, or if it has a value already. */
    private boolean header(String plainName, String value) {
        String header = HEADERS.get(plainName);
        if (header != null) {
            return headers.putIfAbsent(header, value) == null;
        }
        String multimedia = MMS_HEADERS.get(plainName);
        return multimedia != null && mms.putIfAbsent(multimedia, value) == null;
    }

    private static Map<String, String> mmsHeaders() {
        Map<String, String> headers = new HashMap<>();
        for (String name : MMS) {
            headers.put("xmms" + plain(name), "X-Mms-" + name);
            headers.put("mms" + plain(name), "X-Mms-" + name);
        }
        return Map.copyOf(headers);
    }

    /** The ASCII letters, in lower case, and digits; empty if the name is too long for one of ours. */
    private static String plain(String name) {
        if (name.length() > MAX_NAME) {
            return "";
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
        return plain.toString();
    }
}
