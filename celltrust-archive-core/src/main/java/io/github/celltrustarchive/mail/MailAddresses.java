// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Participant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The addresses under which participants stand in From, To, Cc and Bcc: their email if it is an addr-spec, else a stand-in at
 * the profile's domain. An address is taken whole or not at all; it is never split, unquoted or repaired.
 */
final class MailAddresses {

    /** A dot-atom at a domain of letters, digits and hyphens (RFC 5322 section 3.4.1, RFC 1123 section 2.1). */
    private static final Pattern ADDR_SPEC =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
                    + "@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

    private static final int MAX_ADDR_SPEC = 254;
    private static final int MAX_LOCAL_PART = 64;
    private static final int MAX_DIGITS = 20;
    private static final int MAX_NAME = 120;

    private final ConnectorProfile profile;

    MailAddresses(ConnectorProfile profile) {
        this.profile = profile;
    }

    /** The mailbox (RFC 5322 section 3.4) of a participant, ready for a header. */
    String mailbox(Participant participant) {
        return phrase(label(participant)) + " <" + addrSpec(participant) + ">";
    }

    /** What a participant is called: name, else number, else address as given, clean. */
    static String label(Participant participant) {
        String label = firstNonBlank(participant.displayName(), participant.phone(), participant.email());
        return label.isEmpty() ? "unknown" : label;
    }

    /** Whether a participant's email couldn't be used as an address. */
    static boolean hasUnusableEmail(Participant participant) {
        return participant.email() != null && !isAddrSpec(participant.email());
    }

    private String addrSpec(Participant participant) {
        String email = participant.email();
        if (email != null && isAddrSpec(email)) {
            return email;
        }
        String digits = participant.phone() == null ? "" : digits(participant.phone());
        String standIn = digits.isEmpty()
                ? "id-" + ThreadIds.digest("stand-in", given(participant)).substring(0, 16)
                : digits;
        return standIn + "@" + profile.domain();
    }

    private static String given(Participant participant) {
        return participant.displayName() + "\u0000" + participant.phone() + "\u0000" + participant.email();
    }

    static boolean isAddrSpec(String text) {
        int at = text.indexOf('@');
        return text.length() <= MAX_ADDR_SPEC
                && at > 0
                && at <= MAX_LOCAL_PART
                && ADDR_SPEC.matcher(text).matches();
    }

    /** The digits of what is written like a telephone number, else nothing. */
    private static String digits(String phone) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < phone.length(); i++) {
            char c = phone.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            } else if (" +-().".indexOf(c) < 0 || (c == '+' && i > 0)) {
                return "";
            }
        }
        return digits.length() <= MAX_DIGITS ? digits.toString() : "";
    }

    /** A phrase: a quoted-string if it is ASCII, else encoded-words. */
    private static String phrase(String label) {
        if (EmlWriter.needsEncoding(label)) {
            return EncodedWords.encode(label, EmlWriter.LINE);
        }
        StringBuilder quoted = new StringBuilder(label.length() + 2).append('"');
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    private static String firstNonBlank(@Nullable String... values) {
        for (String value : values) {
            String clean = value == null ? "" : CleanText.of(value, MAX_NAME).text();
            if (!clean.isEmpty()) {
                return clean;
            }
        }
        return "";
    }
}
