// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import org.junit.jupiter.api.Assumptions;

/** Skips a rule that a part can't be asked to keep, in the report and not in silence. */
final class Capability {

    private Capability() {}

    /**
     * Goes on if the part has the capability; skips the test otherwise.
     *
     * @param rule the rule's number, such as {@code source.12}
     * @param why what is missing and which hook says so
     */
    static void require(boolean supported, String rule, String why) {
        Assumptions.assumeTrue(supported, () -> rule + " is skipped: " + why);
    }
}
