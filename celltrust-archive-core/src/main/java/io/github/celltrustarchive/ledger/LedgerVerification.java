// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import java.util.List;
import java.util.Objects;

/**
 * What {@link LedgerVerifier} found.
 *
 * @param auditRows how many rows of the audit trail were recomputed
 * @param heads the last row of each run's chain; kept somewhere else, they prove later that nothing before them has changed
 * @param problems what is wrong, in words that name rows by number; empty if the ledger is sound. At most
 *     {@value #MAX_PROBLEMS}. No personal data
 */
public record LedgerVerification(long auditRows, List<Head> heads, List<String> problems) {

    /** How many problems are listed at the most. */
    public static final int MAX_PROBLEMS = 1000;

    public LedgerVerification {
        heads = List.copyOf(heads);
        problems = List.copyOf(problems);
    }

    /** Whether nothing is wrong. */
    public boolean sound() {
        return problems.isEmpty();
    }

    /**
     * The last row of a chain.
     *
     * @param connector the connector's name
     * @param run the run's number
     * @param seq the row's number in its chain
     * @param hash the row's hash, 64 lower-case hexadecimal digits
     */
    public record Head(String connector, long run, long seq, String hash) {
        public Head {
            Objects.requireNonNull(connector, "connector");
            Objects.requireNonNull(hash, "hash");
        }
    }
}
