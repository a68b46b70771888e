// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration;

import io.github.celltrustarchive.integration.ReadEmail.Header;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.SourceItem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What docs/email-format.md says an item's header looks like, written a second time and as plainly as possible. */
public final class ExpectedEmail {

    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern ADDRESS =
            Pattern.compile("(?=.{1,64}@)" + ATOM + "(\\." + ATOM + ")*@" + LABEL + "(\\." + LABEL + ")+");
    private static final Pattern PHONE = Pattern.compile("\\+?[-0-9 .()/]*");
    private static final String PREFIX = "X-CellTrust-";

    private ExpectedEmail() {}

    /** The fields whose values come from the source, in order; others with an empty value. */
    public static List<Header> headers(SourceItem item) {
        List<Header> headers = new ArrayList<>();
        add(headers, "From", person(item.sender()));
        for (ParticipantRole role : List.of(ParticipantRole.TO, ParticipantRole.CC, ParticipantRole.BCC)) {
            List<String> people = item.recipients().stream()
                    .filter(r -> r.role() == role)
                    .map(ExpectedEmail::person)
                    .toList();
            String name = role.name().charAt(0) + role.name().substring(1).toLowerCase(java.util.Locale.ROOT);
            add(headers, name, String.join("\n", people));
        }
        add(headers, "Subject", subject(item));
        headers.add(new Header("Date", ""));
        headers.add(new Header("Message-ID", ""));
        if (given(item.relatedId()) != null) {
            headers.add(new Header("In-Reply-To", ""));
        }
        headers.add(new Header("References", ""));
        add(headers, PREFIX + "Message-Id", item.sourceId());
        add(headers, PREFIX + "Conversation-Id", item.conversationId());
        add(headers, PREFIX + "Type", item.kind());
        headers.add(new Header(PREFIX + "Direction", "unknown"));
        headers.add(new Header(PREFIX + "Archive-Key", ""));
        addList(headers, PREFIX + "Email", emails(item));
        add(headers, PREFIX + "Sender-Number", item.sender().phone());
        addList(headers, PREFIX + "Recipient-Numbers", numbers(item));
        add(headers, PREFIX + "Related-Id", item.relatedId());
        headers.add(new Header(PREFIX + "Event-Time", item.sentAt().toString()));
        if (item.deliveredAt() != null) {
            headers.add(new Header(PREFIX + "Delivered-Time", item.deliveredAt().toString()));
        }
        if (item.readAt() != null) {
            headers.add(new Header(PREFIX + "Read-Time", item.readAt().toString()));
        }
        add(headers, PREFIX + "Carrier", item.properties().get("carrier"));
        add(headers, PREFIX + "Duration", item.properties().get("duration"));
        add(headers, PREFIX + "Status", item.properties().get("status"));
        add(headers, "X-Mms-Message-Class", item.properties().get("mmsMessageClass"));
        add(headers, "X-Mms-Priority", item.properties().get("X-Mms-Priority"));
        headers.add(new Header(PREFIX + "Source-SHA256", ""));
        headers.add(new Header("MIME-Version", "1.0"));
        headers.add(new Header("Content-Type", ""));
        return headers;
    }

    /** What stands in the text part of an item with a text: the text, behind a sentence if it is about something that happened. */
    public static String text(SourceItem item) {
        String happened = happened(item);
        return (happened.isEmpty() ? "" : "[" + happened + "]\r\n\r\n") + utf8(item.text());
    }

    /** The text as UTF-8 can say it. */
    public static String utf8(String given) {
        StringBuilder text = new StringBuilder();
        given.codePoints().forEach(c -> text.appendCodePoint(isSurrogate(c) ? 0xFFFD : c));
        return text.toString();
    }

    private static String happened(SourceItem item) {
        String sender = name(item.sender());
        String others = others(item);
        return switch (item.kind()) {
            case "CALL" ->
                sender + (others.isEmpty() ? " made a call" : " called " + others) + duration(item) + status(item);
            case "VOICEMAIL" -> sender + " left a voicemail" + behind(" for ", others) + duration(item);
            case "RECEIPT" -> receipt(item, sender);
            case "EDIT" -> sender + " edited a message" + behind(" to ", others) + "; this is the new text";
            case "DELETE" ->
                sender + " deleted a message" + behind(" to ", others) + "; this text came with the deletion";
            case "REACTION" ->
                sender + " reacted" + reaction(item) + " to a message" + behind(" in the conversation with ", others);
            case "JOIN" -> sender + " joined the conversation" + behind(" with ", others);
            case "LEAVE" -> sender + " left the conversation" + behind(" with ", others);
            default -> "";
        };
    }

    private static String receipt(SourceItem item, String reader) {
        String message = item.recipients().size() == 1
                ? "he message of " + name(item.recipients().get(0))
                : " message";
        boolean the = item.recipients().size() == 1;
        if (item.readAt() != null) {
            return reader + " read " + (the ? "t" : "a") + message;
        }
        return item.deliveredAt() != null
                ? (the ? "T" : "A") + message + " was delivered to " + reader
                : "Receipt of " + reader + " for " + (the ? "t" : "a") + message + status(item);
    }

    private static String reaction(SourceItem item) {
        boolean isReaction = item.text().length() <= 32 && !item.text().isBlank();
        return isReaction ? " with " + clean(item.text(), 32) : "";
    }

    private static String duration(SourceItem item) {
        String given = item.properties().get("duration");
        if (given == null || !given.matches("[0-9]{1,9}")) {
            return "";
        }
        int seconds = Integer.parseInt(given);
        return ", %d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private static String status(SourceItem item) {
        String status = given(item.properties().get("status"));
        return status == null ? "" : ", " + clean(status, 80);
    }

    private static String behind(String words, String others) {
        return others.isEmpty() ? "" : words + others;
    }

    private static String others(SourceItem item) {
        int recipients = item.recipients().size();
        if (recipients == 0) {
            return "";
        }
        String first = name(item.recipients().get(0));
        return recipients == 1 ? first : first + " and " + (recipients - 1) + (recipients == 2 ? " other" : " others");
    }

    private static void add(List<Header> headers, String name, @Nullable String value) {
        if (given(value) != null) {
            boolean ready = !name.startsWith("X-");
            headers.add(new Header(name, ready ? value : clean(value, 1000)));
        }
    }

    /** A list is cut to whole elements far beyond what these tests hold; each element was cleaned on its own. */
    private static void addList(List<Header> headers, String name, String value) {
        if (given(value) != null) {
            headers.add(new Header(name, value));
        }
    }

    private static String subject(SourceItem item) {
        if (item.kind().equals("JOIN") || item.kind().equals("LEAVE")) {
            return happened(item);
        }
        String kind = switch (item.kind()) {
            case "CALL" -> "Call";
            case "CHAT" -> "Chat";
            case "VOICEMAIL" -> "Voicemail";
            case "RECEIPT" -> "Receipt";
            case "EDIT" -> "Edited message";
            case "DELETE" -> "Deleted message";
            case "REACTION" -> "Reaction";
            default -> clean(item.kind(), 32);
        };
        return kind + " from " + name(item.sender()) + behind(" to ", others(item));
    }

    private static String name(Participant p) {
        for (String value : new String[] {p.displayName(), p.phone(), p.email()}) {
            if (given(value) != null) {
                return clean(value, 80);
            }
        }
        return "unknown";
    }

    private static String person(Participant p) {
        boolean valid = isAddress(p.email());
        String name = given(p.displayName());
        if (name == null && !valid) {
            name = given(p.phone());
        }
        return (name == null ? "" : clean(name, 80)) + "|"
                + (valid ? p.email() : standIn(p) + "@sms.celltrust.invalid");
    }

    /** The digits, or {@code id} for any digest. */
    private static String standIn(Participant p) {
        String phone = p.phone() == null ? "" : p.phone();
        String digits = phone.replaceAll("[^0-9]", "");
        if (PHONE.matcher(phone).matches() && !digits.isEmpty() && digits.length() <= 20) {
            return digits;
        }
        boolean nobody = phone.isEmpty() && empty(p.email()) && empty(p.displayName());
        return nobody ? "unknown" : "id";
    }

    private static String emails(SourceItem item) {
        return String.join(
                ", ",
                item.participants().stream()
                        .map(Participant::email)
                        .filter(ExpectedEmail::isAddress)
                        .toList());
    }

    private static String numbers(SourceItem item) {
        return String.join(
                ", ",
                item.recipients().stream()
                        .filter(p -> given(p.phone()) != null)
                        .map(p -> p.phone().indexOf(',') < 0 ? clean(p.phone(), 1000) : standIn(p))
                        .toList());
    }

    private static boolean isAddress(@Nullable String email) {
        return email != null
                && email.length() <= 254
                && !email.contains("=?")
                && ADDRESS.matcher(email).matches();
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.codePoints().allMatch(c -> Character.isWhitespace(c) || isBidi(c)) ? null : value;
    }

    private static boolean empty(@Nullable String value) {
        return value == null || value.isEmpty();
    }

    /** Controls, halves of pairs and noncharacters become U+FFFD, tabs spaces, bidi controls vanish; long values end in an ellipsis. */
    static String clean(String value, int max) {
        StringBuilder clean = new StringBuilder();
        value.codePoints().forEach(c -> {
            if (c == '\t') {
                clean.append(' ');
            } else if (Character.getType(c) == Character.CONTROL
                    || c == 0x2028
                    || c == 0x2029
                    || isSurrogate(c)
                    || (c & 0xFFFE) == 0xFFFE
                    || (c >= 0xFDD0 && c <= 0xFDEF)) {
                clean.append('\uFFFD');
            } else if (!isBidi(c)) {
                clean.appendCodePoint(c);
            }
        });
        return clean.length() <= max ? clean.toString() : shorten(clean, max);
    }

    /** In front of a printable ASCII character or a CJK one, which begin a new character for sure. */
    private static String shorten(StringBuilder clean, int max) {
        int cut = max - 1;
        while (cut > 0 && !beginsCharacter(clean, cut)) {
            cut--;
        }
        return clean.substring(0, cut) + "\u2026";
    }

    private static boolean beginsCharacter(StringBuilder text, int at) {
        int c = text.codePointAt(at);
        int type = Character.getType(c);
        boolean joined = text.charAt(at - 1) == '\u200d';
        boolean letter = (type == Character.LOWERCASE_LETTER
                || type == Character.UPPERCASE_LETTER
                || type == Character.OTHER_LETTER);
        boolean emoji = c >= 0x1F300 && c <= 0x1FAFF && !(c >= 0x1F3FB && c <= 0x1F3FF);
        return !joined && (letter || emoji || (c >= 0x20 && c <= 0x7E));
    }

    private static boolean isBidi(int c) {
        return c == 0x61C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }

    private static boolean isSurrogate(int c) {
        return Character.getType(c) == Character.SURROGATE;
    }
}
