// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ids of extended properties, in the <a
 * href="https://learn.microsoft.com/graph/api/resources/extended-properties-overview">forms</a> that Graph takes: a tag, or a
 * GUID with a name or a number. GUIDs and hexadecimal digits mean the same in any case, names don't.
 */
final class PropertyIds {

    private static final Pattern FORM =
            Pattern.compile("(String|Integer|SystemTime|Boolean|Binary|CLSID|Long|Double|Float"
                    + "|Short|Currency|ApplicationTime)"
                    + " (?:(0x[0-9A-Fa-f]{1,4})|(\\{[0-9a-fA-F-]{36}\\}) (?:Name (.+)|Id (0x[0-9A-Fa-f]{1,4})))");

    private PropertyIds() {}

    static boolean valid(String id) {
        return FORM.matcher(id).matches();
    }

    /** As the server spells it in its answers: digits and GUIDs in lower case, no zeros in front. */
    static String canonical(String id) {
        Matcher form = FORM.matcher(id);
        if (!form.matches()) {
            return id;
        }
        if (form.group(2) != null) {
            return form.group(1) + " " + tag(form.group(2));
        }
        String named = form.group(1) + " " + form.group(3).toLowerCase(Locale.ROOT);
        return form.group(4) != null ? named + " Name " + form.group(4) : named + " Id " + tag(form.group(5));
    }

    /** Whether a mailbox needs a definition for it. */
    static boolean named(String id) {
        Matcher form = FORM.matcher(id);
        return form.matches() && form.group(2) == null;
    }

    /** What the mailbox defines for it: the type doesn't count. */
    static String definition(String id) {
        String canonical = canonical(id);
        return canonical.substring(canonical.indexOf(' ') + 1);
    }

    private static String tag(String hex) {
        return "0x" + Integer.toHexString(Integer.parseInt(hex.substring(2), 16));
    }
}
