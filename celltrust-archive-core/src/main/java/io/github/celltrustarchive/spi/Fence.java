// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import java.util.Objects;

/**
 * A worker's right to commit: a run of its own, numbered by an epoch that is higher than every earlier one of the
 * connector. A commit under a fence that has lost its lease or claim fails with {@link FencedException}.
 *
 * @param connector the connector's name
 * @param epoch the run's number, from 1
 * @param worker who works, for people to read: host and process; no personal data
 */
public record Fence(String connector, long epoch, String worker) {

    public Fence {
        Objects.requireNonNull(connector, "connector");
        Objects.requireNonNull(worker, "worker");
    }
}
