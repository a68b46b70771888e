// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.util.List;
import java.util.Objects;

/** What a sink found when it looked for a message whose delivery had an unknown outcome. */
public sealed interface Lookup {

    /** It isn't there now. A write that is still under way may yet put it there: see the sink's settle time. */
    static Lookup absent() {
        return new Absent();
    }

    /** It is there, once and whole. */
    static Lookup found(Receipt receipt) {
        return new Found(receipt);
    }

    /** It is there, but something of it is missing; a delivery with this reference resumes it. */
    static Lookup incomplete(String reference) {
        return new Incomplete(reference);
    }

    /** It is there more than once. An alarm is raised and nothing is deleted. */
    static Lookup several(List<String> references) {
        return new Several(references);
    }

    /** Not there. */
    record Absent() implements Lookup {}

    /**
     * There once and whole.
     *
     * @param receipt what the sink would have answered; its status counts
     */
    record Found(Receipt receipt) implements Lookup {
        public Found {
            Objects.requireNonNull(receipt, "receipt");
        }
    }

    /**
     * There in part.
     *
     * @param reference the sink's own reference of the part that is there
     */
    record Incomplete(String reference) implements Lookup {
        public Incomplete {
            Objects.requireNonNull(reference, "reference");
        }
    }

    /**
     * There more than once.
     *
     * @param references all of them, at least two
     */
    record Several(List<String> references) implements Lookup {
        public Several {
            references = List.copyOf(references);
            if (references.size() < 2) {
                throw new IllegalArgumentException("several means at least two");
            }
        }
    }
}
