// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

/**
 * How many records may be held before collecting stops: when much of the input can't be understood, the input has changed
 * its shape, and going on would only fill the archive with held records.
 *
 * <p>Both must be exceeded, by one page or by all that the run has read so far: a single bad record in a tiny page stops
 * nothing, and neither do a few hundred among a million. Records that were known already don't count.
 *
 * @param records at most this many held records never stop a run; at least 0
 * @param percent of the new records, from 0 to 100; with 100 a run is never stopped
 */
public record SkipLimit(int records, int percent) {

    /** More than 20 held records that are more than 10 percent of the new ones. */
    public static final SkipLimit DEFAULT = new SkipLimit(20, 10);

    /** Never stops a run. */
    public static final SkipLimit NONE = new SkipLimit(0, 100);

    public SkipLimit {
        if (records < 0 || percent < 0 || percent > 100) {
            throw new IllegalArgumentException("records must not be negative, percent must be from 0 to 100");
        }
    }

    /** Whether this many held records of this many new ones are too many. */
    public boolean isExceeded(long held, long of) {
        return held > records && held * 100 > of * percent;
    }
}
