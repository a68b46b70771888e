// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.util.Objects;

/**
 * A message that waits in the stage.
 *
 * @param envelope what it is
 * @param eml where its EML lies
 */
public record StagedMessage(Envelope envelope, ContentLocation eml) {

    public StagedMessage {
        Objects.requireNonNull(envelope, "envelope");
        Objects.requireNonNull(eml, "eml");
    }
}
