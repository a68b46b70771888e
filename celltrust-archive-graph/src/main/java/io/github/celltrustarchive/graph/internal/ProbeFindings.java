// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.celltrustarchive.graph.ProbeReport.Finding;
import io.github.celltrustarchive.graph.ProbeReport.Verdict;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Compares what was sent with what came back, and says what it means. Not thread-safe. */
final class ProbeFindings {

    /** PidTagMessageSize, which the store computes. */
    static final String SIZE = "Integer 0x0E08";

    private static final String DRAFT_BIT = "a draft can be edited and sent, for good: the archive must not be used";
    private static final int SHOWN = 60;
    private static final int READ = 1;
    private static final int UNSENT = 8;

    private final List<Finding> findings = new ArrayList<>();

    List<Finding> all() {
        return List.copyOf(findings);
    }

    /** Something that went wrong where a property should have come back. */
    void missing(String property, String sent, String why, String meaning) {
        findings.add(new Finding(property, shortened(sent), shortened(why), Verdict.MISSING, meaning));
    }

    void add(String property, String sent, Optional<String> found, boolean same, String meaning) {
        Verdict verdict = found.isEmpty() ? Verdict.MISSING : same ? Verdict.PASS : Verdict.DIFFERENT;
        findings.add(new Finding(property, shortened(sent), shortened(found.orElse("")), verdict, meaning));
    }

    private void compare(
            String property, String sent, Optional<String> found, BiPredicate<String, String> same, String meaning) {
        add(property, sent, found, found.filter(value -> same.test(sent, value)).isPresent(), meaning);
    }

    /** What Graph shows of a message by itself. */
    void message(JsonNode sent, JsonNode found) {
        compare("draft", "false", text(found, "isDraft"), String::equals, DRAFT_BIT);
        compare(
                "read mark",
                text(sent, "isRead").orElse(""),
                text(found, "isRead"),
                String::equals,
                "only a convenience");
        compare(
                "Message-ID",
                text(sent, "internetMessageId").orElse(""),
                text(found, "internetMessageId"),
                String::equals,
                "the second way to find a message again; the sink ends the run without it");
        compare(
                "subject",
                text(sent, "subject").orElse(""),
                text(found, "subject"),
                String::equals,
                "people and discovery look for it");
        for (String who : List.of("from", "sender")) {
            compare(
                    who,
                    address(sent.path(who)),
                    Optional.of(address(found.path(who))).filter(value -> !value.isEmpty()),
                    String::equalsIgnoreCase,
                    "Exchange wrote its own idea of the sender; the number is in the text and the headers");
        }
        compare(
                "to",
                address(sent.path("toRecipients").path(0)),
                Optional.of(address(found.path("toRecipients").path(0))).filter(value -> !value.isEmpty()),
                String::equalsIgnoreCase,
                "recipients are found by it");
        compare(
                "body",
                ProbeMessage.TEXT,
                Optional.of(found.path("body").path("content").asText("")).filter(value -> !value.isEmpty()),
                (text, body) -> body.contains(text),
                "the message itself");
    }

    /** Dates by Graph's own names, which come from two properties. */
    void dates(JsonNode sent, JsonNode found) {
        compare(
                "sent date",
                property(sent, ArchiveProperties.SENT).orElse(""),
                text(found, "sentDateTime"),
                ProbeFindings::sameTime,
                "messages show the time of archiving instead of their own");
        compare(
                "received date",
                property(sent, ArchiveProperties.RECEIVED).orElse(""),
                text(found, "receivedDateTime"),
                ProbeFindings::sameTime,
                "Outlook sorts by it, and searches and retention may count from it");
    }

    /** Every extended property that was sent. */
    void properties(JsonNode sent, JsonNode found) {
        for (JsonNode each : sent.path("singleValueExtendedProperties")) {
            String id = each.path("id").asText();
            String value = id.equals(ArchiveProperties.STATE)
                    ? ArchiveProperties.COMPLETE
                    : each.path("value").asText();
            compare(name(id), value, property(found, id), comparison(id), meaning(id));
        }
    }

    /** The headers that were sent. */
    void headers(JsonNode sent, JsonNode found) {
        for (JsonNode each : sent.path("internetMessageHeaders")) {
            String name = each.path("name").asText();
            Optional<String> value = Optional.empty();
            for (JsonNode there : found.path("internetMessageHeaders")) {
                if (there.path("name").asText().equalsIgnoreCase(name)) {
                    value = Optional.of(there.path("value").asText());
                }
            }
            compare(
                    "header " + name,
                    each.path("value").asText(),
                    value,
                    String::equals,
                    "tools that filter by it don't");
        }
    }

    /** What the store says how large the message is. */
    void size(long atLeast, JsonNode found) {
        Optional<String> size = property(found, SIZE);
        compare(
                "size",
                "at least " + atLeast,
                size,
                (sent, value) -> value.matches("\\d{1,18}") && Long.parseLong(value) >= atLeast,
                "what was attached doesn't count, or isn't there");
    }

    /** The value of an extended property; the server spells ids in its own way, without leading zeros for example. */
    static Optional<String> property(JsonNode json, String id) {
        for (JsonNode property : json.path("singleValueExtendedProperties")) {
            if (canonical(property.path("id").asText()).equals(canonical(id))) {
                return Optional.of(property.path("value").asText());
            }
        }
        return Optional.empty();
    }

    private static String canonical(String id) {
        return id.toLowerCase(Locale.ROOT).replaceAll(" 0x0*", " 0x");
    }

    private static BiPredicate<String, String> comparison(String id) {
        return switch (id) {
            case ArchiveProperties.FLAGS -> ProbeFindings::sameFlags;
            case ArchiveProperties.RECEIVED, ArchiveProperties.SENT -> ProbeFindings::sameTime;
            case ArchiveProperties.HEADER -> (sent, found) -> squeezed(sent).equals(squeezed(found));
            default -> String::equals;
        };
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /** The store adds flags of its own, "has attachments" for example. */
    private static boolean sameFlags(String sent, String found) {
        try {
            int flags = Integer.parseInt(found);
            return (flags & UNSENT) == 0 && (flags & READ) == (Integer.parseInt(sent) & READ);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean sameTime(String sent, String found) {
        try {
            return Instant.parse(sent).equals(Instant.parse(found));
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static String name(String id) {
        return switch (id) {
            case ArchiveProperties.FLAGS -> "flags " + id;
            case ArchiveProperties.RECEIVED -> "delivery time " + id;
            case ArchiveProperties.SENT -> "submit time " + id;
            case ArchiveProperties.MESSAGE_CLASS -> "message class " + id;
            case ArchiveProperties.HEADER -> "internet headers " + id;
            case ArchiveProperties.IN_REPLY_TO -> "In-Reply-To " + id;
            case ArchiveProperties.REFERENCES -> "References " + id;
            case ArchiveProperties.KEY -> "archive key";
            case ArchiveProperties.STATE -> "archive state";
            default -> id;
        };
    }

    private static String meaning(String id) {
        return switch (id) {
            case ArchiveProperties.FLAGS -> DRAFT_BIT;
            case ArchiveProperties.RECEIVED -> "see received date";
            case ArchiveProperties.SENT -> "see sent date";
            case ArchiveProperties.MESSAGE_CLASS -> "policies that select by class don't; try noteMessageClass";
            case ArchiveProperties.HEADER -> "Outlook doesn't show the email's own header";
            case ArchiveProperties.IN_REPLY_TO, ArchiveProperties.REFERENCES -> "conversations fall apart";
            case ArchiveProperties.KEY -> "a message isn't found again; the sink ends the run without it";
            case ArchiveProperties.STATE -> "a half-written message looks like a whole one";
            default -> "nothing known";
        };
    }

    private static Optional<String> text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value.asText());
    }

    private static String address(JsonNode who) {
        return who.path("emailAddress").path("address").asText("");
    }

    private static String shortened(String text) {
        String line = squeezed(text);
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "…";
    }
}
