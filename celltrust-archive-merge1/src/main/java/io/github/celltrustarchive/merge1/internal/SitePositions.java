// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.model.Checkpoint;

/** What is asked of a checkpoint from outside. */
public final class SitePositions {

    private SitePositions() {}

    /**
     * The cursor of the main list up to which the site may be told that everything is archived; empty if there is none.
     *
     * @throws IllegalArgumentException if the checkpoint isn't one of a site
     */
    public static String cursorToTell(Checkpoint checkpoint) {
        return SitePosition.of(checkpoint).told();
    }
}
