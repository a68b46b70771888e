// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.util.Objects;

/**
 * What a mapper found out about a participant. Every decision is recorded with its rule or reason.
 *
 * @see Mapped
 * @see External
 * @see Unmapped
 */
public sealed interface Mapping {

    /** This mailbox, by this rule. */
    static Mapping to(Mailbox mailbox, String rule) {
        return new Mapped(mailbox, rule);
    }

    /** Nobody of the firm's: no mailbox, and no failure. */
    static Mapping external() {
        return new External();
    }

    /** Ought to have a mailbox, but none was found. */
    static Mapping unmapped(String reason) {
        return new Unmapped(reason);
    }

    /**
     * A mailbox was found.
     *
     * @param mailbox the mailbox
     * @param rule which rule found it, such as {@code csv:line 12}; no personal data
     */
    record Mapped(Mailbox mailbox, String rule) implements Mapping {
        public Mapped {
            Objects.requireNonNull(mailbox, "mailbox");
            Objects.requireNonNull(rule, "rule");
        }
    }

    /** The participant is nobody of the firm's. */
    record External() implements Mapping {}

    /**
     * No mailbox was found; tried again at every run.
     *
     * @param reason why, in words for the status log; no personal data
     */
    record Unmapped(String reason) implements Mapping {
        public Unmapped {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
