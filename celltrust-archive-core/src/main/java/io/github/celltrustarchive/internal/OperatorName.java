// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

/** What may stand in the audit trail as the one who gave a command. */
final class OperatorName {

    private static final int MAX_LENGTH = 200;

    private OperatorName() {}

    static String require(String operator) {
        boolean fits = !operator.isBlank()
                && operator.length() <= MAX_LENGTH
                && operator.codePoints().noneMatch(OperatorName::breaksLines);
        if (!fits) {
            throw new IllegalArgumentException("the operator's name must have 1 to " + MAX_LENGTH
                    + " characters, no control characters, and not be blank");
        }
        return operator;
    }

    private static boolean breaksLines(int character) {
        int type = Character.getType(character);
        return type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE
                || type == Character.FORMAT; // invisible, or turns the direction of the line around
    }
}
