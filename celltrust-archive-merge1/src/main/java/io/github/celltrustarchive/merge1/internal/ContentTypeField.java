// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.mail.EncodedWordReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The value of Content-Type or Content-Disposition (RFC 2045 section 5.1, RFC 2183), read as far as it can be read and never
 * refused.
 *
 * @param value what stands before the first semicolon, in lower case
 * @param parameters by their names in lower case, as written; the first of a name counts
 */
record ContentTypeField(String value, Map<String, String> parameters) {

    static ContentTypeField parse(String text) {
        int semicolon = text.indexOf(';');
        String value = semicolon < 0 ? text : text.substring(0, semicolon);
        Map<String, String> parameters = new TreeMap<>();
        int at = semicolon;
        while (at >= 0 && at < text.length()) {
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                break;
            }
            String name =
                    text.substring(at + 1, equals).replace(";", " ").strip().toLowerCase(Locale.ROOT);
            StringBuilder parameter = new StringBuilder();
            at = parameter(text, equals + 1, parameter);
            parameters.putIfAbsent(name, parameter.toString());
        }
        return new ContentTypeField(value.strip().toLowerCase(Locale.ROOT), parameters);
    }

    /** Reads one parameter's value; returns the place of the semicolon behind it, or the end. */
    private static int parameter(String text, int from, StringBuilder value) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '"') {
            for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at));
            }
            int semicolon = text.indexOf(';', at);
            return semicolon < 0 ? text.length() : semicolon;
        }
        int semicolon = text.indexOf(';', at);
        int end = semicolon < 0 ? text.length() : semicolon;
        value.append(text.substring(at, end).strip());
        return end;
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** A parameter as text: plain, as RFC 2231 writes it (whole or in sections), or with encoded-words as many writers do. */
    String decoded(String name) {
        String extended = parameters.get(name + "*");
        if (extended != null) {
            return percent(extended);
        }
        if (!parameters.containsKey(name + "*0") && !parameters.containsKey(name + "*0*")) {
            return EncodedWordReader.decode(Fields.unicode(parameter(name)));
        }
        StringBuilder sections = new StringBuilder();
        boolean encoded = parameters.containsKey(name + "*0*");
        for (int i = 0; ; i++) {
            String plain = parameters.get(name + "*" + i);
            String section = parameters.get(name + "*" + i + "*");
            if (plain == null && section == null) {
                return encoded ? percent(sections.toString()) : Fields.unicode(sections.toString());
            }
            sections.append(section != null ? section : encoded ? escape(String.valueOf(plain)) : plain);
        }
    }

    private static String escape(String plain) {
        return plain.replace("%", "%25");
    }

    /** {@code charset'language'text} with bytes as {@code %XX} (RFC 2231 section 4). */
    private static String percent(String text) {
        int quote = text.indexOf('\'');
        int second = text.indexOf('\'', quote + 1);
        String encoded = second < 0 ? text : text.substring(second + 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            int high = c == '%' && i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(encoded.charAt(i + 2), 16);
            if (low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toString(charset(second < 0 ? "" : text.substring(0, quote)));
    }

    private static Charset charset(String name) {
        try {
            return name.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalArgumentException e) { // none that this Java knows
            return StandardCharsets.ISO_8859_1;
        }
    }

    /** The value, which is no personal data; the parameters may be. */
    @Override
    public String toString() {
        return "ContentTypeField[" + parameters.size() + " parameters]";
    }
}
