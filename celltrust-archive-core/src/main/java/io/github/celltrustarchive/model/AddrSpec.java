// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

/**
 * Which texts are taken for addresses, by mapping and by email alike: {@code dot-atom "@" domain} of RFC 5322 section 3.4.1 in ASCII, with the lengths of RFC
 * 5321 section 4.5.3.1 and host names of RFC 1123. Quoted local parts, comments, address literals, encoded words and
 * anything that would have to be repaired are not: mail software disagrees about what they mean.
 */
public final class AddrSpec {

    private static final String ATOM_PUNCTUATION = "!#$%&'*+-/=?^_`{|}~";

    private AddrSpec() {}

    /** Whether a text is an address, whole and as it stands. */
    public static boolean isValid(String text) {
        int at = text.indexOf('@');
        return at > 0
                && at <= 64
                && text.length() <= 254
                && !text.contains("=?") // nothing that a reader may take for an encoded word (RFC 2047)
                && at == text.lastIndexOf('@')
                && isDotAtom(text.substring(0, at))
                && isDomain(text.substring(at + 1));
    }

    /** At least two labels of letters, digits and inner hyphens. */
    public static boolean isDomain(String text) {
        String[] labels = text.split("\\.", -1);
        if (labels.length < 2 || text.length() > 253) {
            return false;
        }
        for (String label : labels) {
            boolean valid = !label.isEmpty()
                    && label.length() <= 63
                    && label.charAt(0) != '-'
                    && label.charAt(label.length() - 1) != '-'
                    && label.chars().allMatch(c -> isLetterOrDigit(c) || c == '-');
            if (!valid) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDotAtom(String text) {
        return text.charAt(0) != '.'
                && text.charAt(text.length() - 1) != '.'
                && !text.contains("..")
                && text.chars().allMatch(c -> isLetterOrDigit(c) || c == '.' || ATOM_PUNCTUATION.indexOf(c) >= 0);
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
