// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.mail.EncodedWordReader;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.spi.RecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The participants that an address field names (RFC 5322 section 3.4). An entry that mail software would have to repair
 * (two addresses in one, text behind the angle bracket, a quote without an end) becomes one participant with the whole
 * entry as the address, which no mapper takes for one: it is reported, never guessed at.
 */
final class AddressList {

    /** Of one field; more is no email that anybody wrote. */
    static final int MAX_ADDRESSES = 100_000;

    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9][0-9 ().-]{1,30}");

    private final String text;
    private final String standInDomain;
    private final ParticipantRole role;
    private final List<Participant> participants = new ArrayList<>();

    private final StringBuilder phrase = new StringBuilder();
    private final StringBuilder comment = new StringBuilder();
    private @Nullable String angle;
    private boolean broken;
    private boolean phraseHasAt;
    private boolean noMoreEnds;
    private int start;
    private int at;

    private AddressList(String text, String standInDomain, ParticipantRole role) {
        this.text = text;
        this.standInDomain = "@" + standInDomain;
        this.role = role;
    }

    /**
     * Reads one field.
     *
     * @param standInDomain the domain of addresses that stand for people who have none
     * @throws RecordException if it names more than {@link #MAX_ADDRESSES}
     */
    static List<Participant> read(String text, String standInDomain, ParticipantRole role) {
        return new AddressList(text, standInDomain, role).read();
    }

    static RecordException tooMany() {
        return new RecordException(
                "an address field names more than " + MAX_ADDRESSES + " addresses: correct the source");
    }

    private List<Participant> read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            switch (c) {
                case '"' -> quoted();
                case '(' -> comment();
                case '<' -> angle();
                case ',', ';' -> {
                    entry(at);
                    start = at + 1;
                }
                case ':' -> {
                    if (angle == null && !phraseHasAt) {
                        clear(); // the name of a group
                        start = at + 1;
                    } else {
                        plain(c);
                    }
                }
                default -> plain(c);
            }
            at++;
        }
        entry(text.length());
        return participants;
    }

    private void plain(char c) {
        broken |= angle != null && c != ' ';
        phrase(c);
    }

    private void phrase(char c) {
        phrase.append(c);
        phraseHasAt |= c == '@';
    }

    private void quoted() {
        broken |= angle != null;
        int from = phrase.length();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            phrase(text.charAt(at));
        }
        broken |= at >= text.length();
        if (phrase.length() == from) {
            phrase(' ');
        }
    }

    private void comment() {
        int depth = 1;
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                return;
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
            }
            comment.append(text.charAt(at));
        }
        broken = true;
    }

    private void angle() {
        int end = noMoreEnds ? -1 : text.indexOf('>', at);
        noMoreEnds = end < 0;
        broken |= angle != null || end < 0;
        if (end >= 0) {
            angle = text.substring(at + 1, end).strip();
            at = end;
        }
    }

    private void entry(int end) {
        String whole = text.substring(Math.min(start, end), end).strip();
        if (!whole.isEmpty()) {
            if (participants.size() == MAX_ADDRESSES) {
                throw tooMany();
            }
            participants.add(broken ? participant("", whole) : participant(whole));
        }
        clear();
    }

    private Participant participant(String whole) {
        String name = EncodedWordReader.decode(phrase.toString().strip());
        if (angle != null) {
            return participant(name.isEmpty() ? EncodedWordReader.decode(comment.toString()) : name, angle);
        }
        boolean commented = comment.length() > 0;
        return participant(
                commented ? EncodedWordReader.decode(comment.toString()) : "",
                commented ? phrase.toString().strip() : whole);
    }

    private Participant participant(String name, String address) {
        String displayName = name.isBlank() ? null : name;
        String lower = address.toLowerCase(Locale.ROOT);
        if (lower.endsWith(standInDomain)) {
            String local = address.substring(0, address.length() - standInDomain.length());
            if (!NUMBER.matcher(local).matches()) {
                return new Participant(role, displayName == null ? local : displayName, null, null, false);
            }
            boolean nameIsNumber = displayName != null && digits(displayName).equals(digits(local));
            return nameIsNumber
                    ? new Participant(role, null, displayName, null, false)
                    : new Participant(role, displayName, local, null, false);
        }
        if (NUMBER.matcher(address).matches()) {
            return new Participant(role, displayName, address, null, false);
        }
        return new Participant(role, displayName, null, address.isEmpty() ? null : address, false);
    }

    private static String digits(String text) {
        return NUMBER.matcher(text).matches() ? text.replaceAll("[^0-9]", "") : "no number";
    }

    private void clear() {
        phrase.setLength(0);
        comment.setLength(0);
        angle = null;
        broken = false;
        phraseHasAt = false;
    }
}
