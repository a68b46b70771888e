// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import java.util.List;
import java.util.Objects;

/**
 * What a {@link GraphMailboxProbe} found. Immutable.
 *
 * @param findings one for each property, in the order in which they were looked at
 * @param left what couldn't be removed afterwards, each with where it is and what to do; empty if nothing is left that Graph
 *     shows
 */
public record ProbeReport(List<Finding> findings, List<String> left) {

    public ProbeReport {
        findings = List.copyOf(findings);
        left = List.copyOf(left);
    }

    /** Whether every property came back as it was sent, and everything was removed. */
    public boolean passed() {
        return left.isEmpty() && findings.stream().allMatch(each -> each.verdict() == Verdict.PASS);
    }

    /** What became of a property. */
    public enum Verdict {
        /** It came back as it was sent. */
        PASS,
        /** Something else came back. */
        DIFFERENT,
        /** Nothing came back. */
        MISSING
    }

    /**
     * One property. What was sent is made up by the probe, and the address of the test mailbox.
     *
     * @param property its name, for people
     * @param sent what was sent
     * @param found what came back; empty if nothing did
     * @param verdict what became of it
     * @param meaning what it is for, and what it means if it isn't honoured
     */
    public record Finding(String property, String sent, String found, Verdict verdict, String meaning) {

        public Finding {
            Objects.requireNonNull(property, "property");
            Objects.requireNonNull(sent, "sent");
            Objects.requireNonNull(found, "found");
            Objects.requireNonNull(verdict, "verdict");
            Objects.requireNonNull(meaning, "meaning");
        }

        /** Shows property and verdict only: the rest may name a mailbox. */
        @Override
        public String toString() {
            return "Finding[" + property + ", " + verdict + "]";
        }
    }

    @Override
    public String toString() {
        return "ProbeReport[" + findings + ", " + left.size() + " left]";
    }
}
