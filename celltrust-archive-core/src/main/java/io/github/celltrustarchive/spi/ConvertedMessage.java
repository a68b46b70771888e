// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import io.github.celltrustarchive.model.Envelope;
import java.util.Objects;

/**
 * What a converter made of an item.
 *
 * @param envelope what the message is; its key is the key that was given
 * @param eml writes the message (RFC 5322) with CRLF line ends
 */
public record ConvertedMessage(Envelope envelope, ContentWriter eml) {

    public ConvertedMessage {
        Objects.requireNonNull(envelope, "envelope");
        Objects.requireNonNull(eml, "eml");
    }
}
