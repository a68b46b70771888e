// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.Participant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A participant as a mailbox of RFC 5322 section 3.4: a name, possibly empty and not cleaned yet, and an addr-spec that is
 * safe as it is.
 *
 * <p>An email property counts only if it is, as a whole, a dot-atom of ASCII at a host name (RFC 5321 section 4.1.2
 * without quoted local parts and address literals). Nothing is split, trimmed or repaired: anything else gets a stand-in
 * address below the profile's domain, which no mail can reach.
 */
record Address(String name, String addrSpec) {

    private static final int MAX_LOCAL = 64;
    private static final int MAX_ADDRESS = 254;
    private static final int MAX_LABEL = 63;

    /** E.164 allows 15; some sources add prefixes. */
    private static final int MAX_DIGITS = 20;

    static Address of(Participant participant, String domain, Set<Note> notes) {
        String name = given(participant.displayName());
        String email = participant.email();
        if (email != null && isAddrSpec(email)) {
            return new Address(name, email);
        }
        if (!given(email).isEmpty()) {
            notes.add(Note.INVALID_EMAIL);
        }
        String shown = name.isEmpty() ? given(participant.phone()) : name;
        return new Address(shown, standInLabel(participant) + "@" + domain);
    }

    /** The participant's email if it is an address, else null. */
    static @Nullable String validEmail(Participant participant) {
        String email = participant.email();
        return email != null && isAddrSpec(email) ? email : null;
    }

    /** The number as given if it can stand in a comma-separated list, else the stand-in's label; null if there is none. */
    static @Nullable String listedNumber(Participant participant) {
        String phone = given(participant.phone());
        if (phone.isEmpty()) {
            return null;
        }
        return phone.indexOf(',') < 0 ? phone : standInLabel(participant);
    }

    /**
     * The digits of a number that is written with digits and the usual separators; for any other sender {@code id-} and 20
     * hexadecimal digits of the SHA-256 of what identifies it best: number, email, name.
     */
    static String standInLabel(Participant participant) {
        String phone = participant.phone();
        String digits = phone == null ? "" : digits(phone);
        if (!digits.isEmpty()) {
            return digits;
        }
        String identity = first(phone, participant.email(), participant.displayName());
        return identity.isEmpty()
                ? "unknown"
                : "id-" + Digests.hex("celltrust-archive/stand-in/1", identity).substring(0, 20);
    }

    /** The digits, or an empty text if there is anything but digits and separators. */
    private static String digits(String phone) {
        StringBuilder digits = new StringBuilder(phone.length() > 64 ? 16 : phone.length());
        for (int i = 0; i < phone.length(); i++) {
            char c = phone.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            } else if (" -.()/".indexOf(c) < 0 && !(c == '+' && i == 0)) {
                return "";
            }
            if (digits.length() > MAX_DIGITS) {
                return "";
            }
        }
        return digits.toString();
    }

    static boolean isAddrSpec(String email) {
        int at = email.indexOf('@');
        return email.length() <= MAX_ADDRESS
                && at > 0
                && at <= MAX_LOCAL
                && isDotAtom(email, at)
                && isHostName(email, at + 1)
                && !email.contains("=?");
    }

    private static boolean isDotAtom(String email, int end) {
        char before = '.';
        for (int i = 0; i < end; i++) {
            char c = email.charAt(i);
            if (c == '.' ? before == '.' : !isAtomText(c)) {
                return false;
            }
            before = c;
        }
        return before != '.';
    }

    private static boolean isAtomText(char c) {
        return isLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
    }

    private static boolean isHostName(String email, int start) {
        int labels = 0;
        int label = 0;
        char before = '-';
        for (int i = start; i < email.length(); i++) {
            char c = email.charAt(i);
            if (c == '.') {
                if (label == 0 || before == '-') {
                    return false;
                }
                labels++;
                label = 0;
            } else if (++label > MAX_LABEL || !(isLetterOrDigit(c) || (c == '-' && label > 1))) {
                return false;
            }
            before = c;
        }
        return labels > 0 && label > 0 && before != '-';
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static String first(@Nullable String... values) {
        for (String value : values) {
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    /** The value, or an empty text if it is missing or blank. */
    static String given(@Nullable String value) {
        return value == null || value.isBlank() ? "" : value;
    }

    /** Shows neither name nor address. */
    @Override
    public String toString() {
        return "Address";
    }
}
