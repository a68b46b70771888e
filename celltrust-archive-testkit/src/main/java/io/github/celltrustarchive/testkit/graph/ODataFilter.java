// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filters that Graph documents for messages, folders and users; anything else is refused. */
final class ODataFilter {

    private static final String TEXT = "'((?:[^']|'')*)'";
    private static final Pattern MESSAGE_ID = Pattern.compile("internetMessageId eq " + TEXT);
    private static final Pattern PROPERTY = Pattern.compile(
            "singleValueExtendedProperties/[Aa]ny\\((\\w+): ?\\1/id eq " + TEXT + " and \\1/value eq " + TEXT + "\\)");
    private static final Pattern PROPERTY_CONTAINS =
            Pattern.compile("singleValueExtendedProperties/[Aa]ny\\((\\w+): ?\\1/id eq " + TEXT
                    + " and contains\\(\\1/value, ?" + TEXT + "\\)\\)");
    private static final Pattern FLAG = Pattern.compile("(isDraft|isRead) eq (true|false)");
    private static final Pattern DISPLAY_NAME = Pattern.compile("displayName eq " + TEXT);
    private static final Pattern USER = Pattern.compile("(mail|userPrincipalName|mobilePhone) eq " + TEXT);
    private static final Pattern USER_ANY =
            Pattern.compile("(proxyAddresses|otherMails|businessPhones)/any\\((\\w+): ?\\2 eq " + TEXT + "\\)");

    private ODataFilter() {}

    static Predicate<SimulatedMessage> messages(String filter) throws Refusal {
        Matcher id = MESSAGE_ID.matcher(filter);
        if (id.matches()) {
            String wanted = text(id.group(1));
            return message -> wanted.equals(message.internetMessageId());
        }
        Matcher flag = FLAG.matcher(filter);
        if (flag.matches()) {
            boolean wanted = Boolean.parseBoolean(flag.group(2));
            return flag.group(1).equals("isDraft")
                    ? message -> message.draft() == wanted
                    : message -> message.read() == wanted;
        }
        return extended(filter);
    }

    /** The name in a property's id is case-sensitive, its value isn't. */
    private static Predicate<SimulatedMessage> extended(String filter) throws Refusal {
        Matcher property = PROPERTY.matcher(filter);
        if (property.matches()) {
            String name = text(property.group(2));
            String wanted = text(property.group(3));
            return message -> wanted.equalsIgnoreCase(message.property(name));
        }
        Matcher contained = PROPERTY_CONTAINS.matcher(filter);
        if (contained.matches()) {
            String name = text(contained.group(2));
            String wanted = text(contained.group(3)).toLowerCase(Locale.ROOT);
            return message -> {
                String value = message.property(name);
                return value != null && value.toLowerCase(Locale.ROOT).contains(wanted);
            };
        }
        throw unsupported();
    }

    static Predicate<SimulatedFolder> folders(SimulatedMailbox mailbox, String filter) throws Refusal {
        Matcher name = DISPLAY_NAME.matcher(filter);
        if (name.matches()) {
            String wanted = text(name.group(1));
            return folder -> folder.displayName().equalsIgnoreCase(wanted);
        }
        Matcher property = PROPERTY.matcher(filter);
        if (property.matches()) {
            String id = text(property.group(2));
            String wanted = text(property.group(3));
            return folder -> wanted.equalsIgnoreCase(mailbox.folderProperty(folder.id(), id));
        }
        throw unsupported();
    }

    static Predicate<SimulatedUser> users(String filter) throws Refusal {
        Matcher plain = USER.matcher(filter);
        if (plain.matches()) {
            String wanted = text(plain.group(2));
            return switch (plain.group(1)) {
                case "mail" -> user -> wanted.equalsIgnoreCase(user.mail());
                case "mobilePhone" -> user -> wanted.equals(user.mobilePhone());
                default -> user -> wanted.equalsIgnoreCase(user.userPrincipalName());
            };
        }
        Matcher any = USER_ANY.matcher(filter);
        if (any.matches()) {
            String wanted = text(any.group(3));
            return switch (any.group(1)) {
                case "proxyAddresses" -> user -> contains(user.proxyAddresses(), wanted);
                case "otherMails" -> user -> contains(user.otherMails(), wanted);
                default -> user -> user.businessPhones().contains(wanted);
            };
        }
        throw unsupported();
    }

    private static boolean contains(List<String> texts, String wanted) {
        return texts.stream().anyMatch(wanted::equalsIgnoreCase);
    }

    private static String text(String quoted) {
        return quoted.replace("''", "'");
    }

    private static Refusal unsupported() {
        return Refusal.badRequest("Request_UnsupportedQuery", "Unsupported query.");
    }
}
