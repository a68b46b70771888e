// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.SourceItem;
import java.util.List;
import java.util.Set;

/** Subjects such as {@code SMS from Ann Lee to Bob Ray and 3 others}: never the message's text. */
final class Subjects {

    private static final int MAX_KIND = 32;

    private Subjects() {}

    /** The subject, clean, at most some 210 characters (Exchange takes 255). */
    static String of(SourceItem item, Set<Note> notes) {
        StringBuilder subject = new StringBuilder(64);
        subject.append(kind(item, notes)).append(" from ").append(name(item.sender(), notes));
        List<Participant> recipients = item.recipients();
        if (!recipients.isEmpty()) {
            subject.append(" to ").append(name(recipients.get(0), notes));
        }
        if (recipients.size() > 1) {
            int others = recipients.size() - 1;
            subject.append(" and ").append(others).append(others == 1 ? " other" : " others");
        }
        return subject.toString();
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
