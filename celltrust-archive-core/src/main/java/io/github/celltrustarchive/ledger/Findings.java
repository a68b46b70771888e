// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import java.util.ArrayList;
import java.util.List;

/** Gathers problems, up to a limit. */
final class Findings {

    private final List<String> problems = new ArrayList<>();

    void add(String problem) {
        if (problems.size() < LedgerVerification.MAX_PROBLEMS) {
            problems.add(problem);
        }
    }

    void expect(boolean holds, String problem) {
        if (!holds) {
            add(problem);
        }
    }

    List<String> problems() {
        return problems;
    }
}
