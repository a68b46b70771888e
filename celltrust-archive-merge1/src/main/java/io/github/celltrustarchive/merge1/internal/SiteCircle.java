// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import java.io.IOException;

/**
 * Finds out when the site's cursors go in a circle, however long it is, from three values that fit into a checkpoint: Brent's
 * algorithm ("An improved Monte Carlo factorization algorithm", BIT 20, 1980). Immutable.
 *
 * @param mark digest of a cursor that was passed
 * @param steps pages since then
 * @param power pages after which the next cursor becomes the mark
 */
record SiteCircle(String mark, long steps, long power) {

    static final SiteCircle START = new SiteCircle("", 0, 1);

    private static final int DIGITS = 16;

    /** One page on. */
    SiteCircle next(String cursor) throws IOException {
        String digest = SiteMemory.sha256(cursor).substring(0, DIGITS);
        if (digest.equals(mark)) {
            throw new IOException("the site's pages go in a circle: it gave a cursor again after " + (steps + 1)
                    + " pages, so its end can't be reached. Tell the site's operator");
        }
        return steps + 1 == power ? new SiteCircle(digest, 0, power * 2) : new SiteCircle(mark, steps + 1, power);
    }
}
