// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.SourceItem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One sentence that says in words what an item is: {@code SMS from Ann Lee to Bob Ray}, {@code Ann Lee called Bob Ray,
 * 0:01:02}. It says no more than the record does: who wrote the message that an event is about isn't always known.
 * Immutable.
 */
final class Headline {

    /** Takes one piece of the sentence after the other. */
    @FunctionalInterface
    interface Sink {
        /** Clean text; {@code isolate} if it comes from the source, so that its direction must not reach its neighbours. */
        void piece(String text, boolean isolate) throws IOException;
    }

    private record Piece(String text, boolean isolate) {}

    /** A text as long as this can be a reaction; a longer one is a message. */
    private static final int MAX_REACTION = 32;

    private static final int MAX_STATUS = 80;

    private final SourceItem item;
    private final KnownProperties properties;
    private final Set<Note> notes;
    private final List<Piece> pieces = new ArrayList<>(6);
    private final boolean event;

    private Headline(SourceItem item, KnownProperties properties, Set<Note> notes) {
        this.item = item;
        this.properties = properties;
        this.notes = notes;
        event = sentence();
    }

    static Headline of(SourceItem item, KnownProperties properties, Set<Note> notes) {
        return new Headline(item, properties, notes);
    }

    /** Whether the item is something that happened rather than something that was written. */
    boolean isEvent() {
        return event;
    }

    void to(Sink sink) throws IOException {
        for (Piece piece : pieces) {
            sink.piece(piece.text(), piece.isolate());
        }
    }

    /** The whole sentence, without a full stop. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece.text()));
        return text.toString();
    }

    private boolean sentence() {
        switch (item.kind()) {
            case "CALL" -> {
                sender(item.recipients().isEmpty() ? " made a call" : " called");
                recipients(" ");
                duration();
                status();
            }
            case "VOICEMAIL" -> {
                sender(" left a voicemail");
                recipients(" for ");
                duration();
            }
            case "RECEIPT" -> receipt();
            case "EDIT" -> {
                sender(" edited a message");
                recipients(" to ");
                ours(item.text().isEmpty() ? "" : "; this is the new text");
            }
            case "DELETE" -> {
                sender(" deleted a message");
                recipients(" to ");
                ours(item.text().isEmpty() ? "" : "; this text came with the deletion");
            }
            case "REACTION" -> reaction();
            case "JOIN" -> {
                sender(" joined the conversation");
                recipients(" with ");
            }
            case "LEAVE" -> {
                sender(" left the conversation");
                recipients(" with ");
            }
            default -> {
                theirs(Subjects.kind(item, notes));
                ours(" from ");
                sender("");
                recipients(" to ");
                return false;
            }
        }
        return true;
    }

    private void receipt() {
        boolean oneAuthor = item.recipients().size() == 1;
        if (item.readAt() != null) {
            sender(oneAuthor ? " read the message of " : " read a message");
            author(oneAuthor);
        } else if (item.deliveredAt() != null) {
            ours(oneAuthor ? "The message of " : "A message");
            author(oneAuthor);
            ours(" was delivered to ");
            sender("");
        } else {
            ours("Receipt of ");
            sender(oneAuthor ? " for the message of " : " for a message");
            author(oneAuthor);
            status();
        }
    }

    private void author(boolean known) {
        if (known) {
            theirs(Subjects.name(item.recipients().get(0), notes));
        }
    }

    private void reaction() {
        String reaction = reactionText();
        if (reaction == null) {
            sender(" reacted to a message");
        } else {
            sender(" reacted with ");
            theirs(reaction);
            ours(" to a message");
        }
        recipients(" in the conversation with ");
    }

    private @Nullable String reactionText() {
        String given = properties.other("reaction");
        if (given == null) {
            given = properties.other("emoji");
        }
        if (given == null && item.text().length() <= MAX_REACTION) {
            given = item.text();
        }
        return given == null || given.isBlank() ? null : HeaderText.clean(given, MAX_REACTION, notes);
    }

    private void duration() {
        String given = properties.headers().get("Duration");
        String readable = given == null ? null : Durations.readable(given);
        ours(readable == null ? "" : ", " + readable);
    }

    private void status() {
        String status = properties.headers().get("Status");
        if (status != null) {
            ours(", ");
            theirs(HeaderText.clean(status, MAX_STATUS, notes));
        }
    }

    private void sender(String then) {
        theirs(Subjects.name(item.sender(), notes));
        ours(then);
    }

    private void recipients(String before) {
        int count = item.recipients().size();
        if (count > 0) {
            ours(before);
            theirs(Subjects.name(item.recipients().get(0), notes));
            ours(Subjects.others(count - 1));
        }
    }

    private void ours(String text) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(text, false));
        }
    }

    private void theirs(String text) {
        pieces.add(new Piece(text, true));
    }
}
