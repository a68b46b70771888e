// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.ConvertedMessage;
import io.github.celltrustarchive.spi.ItemIdentity;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One record of a page on its way into a pack: with its message, or with why it has none.
 *
 * @param raw the record, its bytes and parts digested
 * @param identity what the ledger knows it by
 * @param revision its number among the items with its source id
 * @param message the message, if it could be converted
 * @param held why it is held, if it is
 * @param excluded the rule by which it isn't archived, if there is one
 */
record PageEntry(
        RawRecord raw,
        ItemIdentity identity,
        int revision,
        @Nullable ConvertedMessage message,
        @Nullable String held,
        @Nullable String excluded) {

    /** This entry, held because its message couldn't be written. */
    PageEntry heldFor(String reason) {
        return new PageEntry(raw, identity, revision, null, reason, null);
    }

    /** An estimate of what it takes in a pack, in bytes. */
    long estimate() {
        long size = raw.bytes().size()
                + raw.parts().values().stream().mapToLong(Content::size).sum();
        return message == null ? size : size + size / 2 + 2048;
    }

    ConvertedMessage requireMessage() {
        return Objects.requireNonNull(message, "neither held nor excluded, so there is a message");
    }
}
