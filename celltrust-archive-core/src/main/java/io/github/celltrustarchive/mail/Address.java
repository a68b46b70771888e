// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.AddrSpec;
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

    /** E.164 allows 15; some sources add prefixes. */
    private static final int MAX_DIGITS = 20;

    static Address of(Participant participant, String domain, Set<Note> notes) {
        String name = given(participant.displayName());
        String email = participant.email();
        if (email != null && AddrSpec.isValid(email)) {
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
        return email != null && AddrSpec.isValid(email) ? email : null;
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

    private static String first(@Nullable String... values) {
        for (String value : values) {
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    /** The value, or an empty text if it is missing or nothing of it would be seen: blanks and bidi controls only. */
    static String given(@Nullable String value) {
        if (value == null) {
            return "";
        }
        boolean seen = value.codePoints().anyMatch(c -> !Character.isWhitespace(c) && !HeaderText.isBidiControl(c));
        return seen ? value : "";
    }

    /** Shows neither name nor address. */
    @Override
    public String toString() {
        return "Address";
    }
}
