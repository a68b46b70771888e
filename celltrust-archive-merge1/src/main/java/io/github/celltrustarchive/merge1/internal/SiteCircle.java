// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.spi.ArchiveException;

/**
 * Finds out when the site's cursors go in a circle, however long it is, by remembering one of them: Brent's algorithm ("An
 * improved Monte Carlo factorization algorithm", BIT 20, 1980). It watches as long as one page follows the other; a page that
 * is read anew, after a failure or a restart, begins a new watch, so that a site that has been mended is read on. Passing a
 * cursor again once or twice is forgiven: a site may stumble.
 */
final class SiteCircle {

    private static final int ROUNDS = 3;

    private String reached = "";
    private String mark = "";
    private long steps;
    private long power = 1;
    private int rounds;

    /** A page after {@code from} led to {@code to}. */
    void step(String from, String to) {
        if (!from.equals(reached)) {
            mark = "";
            steps = 0;
            power = 1;
            rounds = 0;
        }
        reached = to;
        steps++;
        if (to.equals(mark)) {
            rounds++;
            if (rounds == ROUNDS) {
                throw ArchiveException.stop(
                        "the site's pages go in a circle of " + steps + " pages, so the end of its list can't be"
                                + " reached. Tell the site's operator; nothing is lost, the next run goes on here",
                        null);
            }
            steps = 0;
        } else if (steps == power) {
            mark = to;
            steps = 0;
            power *= 2;
            rounds = 0;
        }
    }
}
