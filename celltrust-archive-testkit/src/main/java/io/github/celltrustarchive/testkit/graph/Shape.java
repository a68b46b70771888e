// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which properties an answer is to have: {@code $select} and {@code $expand}.
 *
 * @param select names, empty for the usual ones
 * @param extendedProperties ids, in canonical form
 * @param attachments whether they are to come along
 * @param attachmentSelect names of their properties, empty for all
 */
record Shape(Set<String> select, Set<String> extendedProperties, boolean attachments, Set<String> attachmentSelect) {

    static final Shape USUAL = new Shape(Set.of(), Set.of(), false, Set.of());
    private static final Pattern PROPERTY_ID = Pattern.compile("(?:\\w+/)?id eq '((?:[^']|'')*)'");
    private static final Pattern EXTENDED = Pattern.compile("singleValueExtendedProperties\\(\\$filter=(.+)\\)");
    private static final Pattern ATTACHMENTS = Pattern.compile("attachments(?:\\(\\$select=(.+)\\))?");

    boolean wants(String name) {
        return select.isEmpty() || select.contains(name) || name.startsWith("@odata.") || name.equals("id");
    }

    /** Reads the options of a request for things of this type; names that the type doesn't have are refused. */
    static Shape of(Call call, String type, Journal journal) throws Refusal {
        Set<String> select = names(call.query("$select", ""), type, journal);
        Set<String> extended = new LinkedHashSet<>();
        boolean attachments = false;
        Set<String> attachmentSelect = Set.of();
        for (String part : topLevel(call.query("$expand", ""))) {
            Matcher properties = EXTENDED.matcher(part);
            Matcher files = ATTACHMENTS.matcher(part);
            if (properties.matches()) {
                ids(properties.group(1), extended);
            } else if (files.matches() && type.equals("message")) {
                attachments = true;
                String names = files.group(1);
                attachmentSelect = names == null ? Set.of() : names(names, "fileAttachment", journal);
            } else {
                journal.unexpected("unknown $expand '" + part + "' of " + type);
                throw Refusal.badRequest("BadRequest", "Parsing OData Select and Expand failed.");
            }
        }
        return new Shape(select, extended, attachments, attachmentSelect);
    }

    private static void ids(String filter, Set<String> ids) throws Refusal {
        Matcher id = PROPERTY_ID.matcher(filter);
        int end = 0;
        while (id.find()) {
            String between = filter.substring(end, id.start());
            if (!(end == 0 ? between.isEmpty() : between.equals(" or "))) {
                break;
            }
            ids.add(PropertyIds.canonical(id.group(1).replace("''", "'")));
            end = id.end();
        }
        if (end != filter.length()) {
            throw Refusal.badRequest("ErrorInvalidUrlQueryFilter", "The filter of $expand is invalid.");
        }
    }

    private static Set<String> names(String list, String type, Journal journal) throws Refusal {
        Set<String> known = Vocabulary.namesOf(type);
        Set<String> names = new LinkedHashSet<>();
        for (String name : list.isEmpty() ? new String[0] : list.split(",", -1)) {
            String plain = name.strip();
            if (!known.contains(plain) && !plain.equals("microsoft.graph.fileAttachment/contentId")) {
                journal.unexpected("unknown $select '" + plain + "' of " + type);
                throw Refusal.badRequest("BadRequest", "Could not find a property named '" + plain + "'.");
            }
            names.add(plain.substring(plain.indexOf('/') + 1));
        }
        return names;
    }

    /** The parts between commas that are in no parentheses and no quotes. */
    private static List<String> topLevel(String list) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            quoted = (c == '\'') != quoted;
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0 && !quoted) {
                parts.add(list.substring(start, i).strip());
                start = i + 1;
            }
        }
        if (!list.isEmpty()) {
            parts.add(list.substring(start).strip());
        }
        return parts;
    }
}
