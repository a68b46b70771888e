// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.SourceItem;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Subjects such as {@code SMS from Ann Lee to Bob Ray and 3 others}, by kind; never the message's text. Immutable.
 */
final class Subjects {

    /** For kinds without a template of their own. */
    static final String DEFAULT = "{kind} from {sender}[ to {recipients}]";

    /** Exchange takes 255. */
    static final int MAX_LENGTH = 255;

    private static final int MAX_KIND = 32;
    private static final int MAX_ID = 80;

    private static final Map<String, SubjectTemplate> OWN = Map.of(
            "JOIN", SubjectTemplate.parse("{sender} joined the conversation[ with {recipients}]"),
            "LEAVE", SubjectTemplate.parse("{sender} left the conversation[ with {recipients}]"));

    private final SubjectTemplate template;
    private final Map<String, SubjectTemplate> byKind;

    /** The given templates; the built-in ones hold for kinds that aren't named unless {@code template} was set. */
    Subjects(String template, Map<String, SubjectTemplate> byKind) {
        this.template = SubjectTemplate.parse(template);
        Map<String, SubjectTemplate> all = new HashMap<>(template.equals(DEFAULT) ? OWN : Map.of());
        all.putAll(byKind);
        this.byKind = Map.copyOf(all);
    }

    /** The subject, clean, at most {@value #MAX_LENGTH} UTF-16 code units. */
    String of(SourceItem item, ZoneId zone, Set<Note> notes) {
        String subject =
                byKind.getOrDefault(item.kind(), template).fill(placeholder -> value(placeholder, item, zone, notes));
        return HeaderText.clean(subject, MAX_LENGTH, notes);
    }

    private static String value(
            SubjectTemplate.Placeholder placeholder, SourceItem item, ZoneId zone, Set<Note> notes) {
        return switch (placeholder) {
            case KIND -> kind(item, notes);
            case SENDER -> name(item.sender(), notes);
            case RECIPIENTS -> recipients(item, notes);
            case DIRECTION -> Details.direction(item);
            case CONVERSATION -> HeaderText.clean(Address.given(item.conversationId()), MAX_ID, notes);
            case ID -> HeaderText.clean(item.sourceId(), MAX_ID, notes);
            case DATE -> Times.date(item.sentAt(), zone);
        };
    }

    private static String recipients(SourceItem item, Set<Note> notes) {
        int count = item.recipients().size();
        return count == 0 ? "" : name(item.recipients().get(0), notes) + others(count - 1);
    }

    /** What follows the first recipient's name. */
    static String others(int count) {
        return switch (count) {
            case 0 -> "";
            case 1 -> " and 1 other";
            default -> " and " + count + " others";
        };
    }

    /** What kind of item it is, for people. Kinds we don't know speak for themselves. */
    static String kind(SourceItem item, Set<Note> notes) {
        return switch (item.kind()) {
            case "CALL" -> "Call";
            case "CHAT" -> "Chat";
            case "VOICEMAIL" -> "Voicemail";
            case "RECEIPT" -> "Receipt";
            case "EDIT" -> "Edited message";
            case "DELETE" -> "Deleted message";
            case "REACTION" -> "Reaction";
            case "JOIN" -> "Join";
            case "LEAVE" -> "Leave";
            default -> HeaderText.clean(item.kind(), MAX_KIND, notes);
        };
    }

    /** What to call a participant: the first of name, number and email that is there. */
    static String name(Participant participant, Set<Note> notes) {
        String name = Address.given(participant.displayName());
        if (name.isEmpty()) {
            name = Address.given(participant.phone());
        }
        if (name.isEmpty()) {
            name = Address.given(participant.email());
        }
        return name.isEmpty() ? "unknown" : HeaderText.clean(name, HeaderText.MAX_NAME, notes);
    }
}
