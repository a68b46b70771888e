// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import java.io.IOException;

/**
 * Turns an item into an email.
 *
 * <p>A converter is pure and deterministic: the same item, key and configuration give the same bytes on any machine, in
 * any zone, locale and Java version, so nothing in it asks for the time or a random number. It may be called by several
 * threads at once. Whatever the item's fields hold (line breaks, control characters, unpaired surrogates), it changes
 * nothing of the email's structure.
 */
@FunctionalInterface
public interface MessageConverter {

    /**
     * Converts one item.
     *
     * @param item what the record means; its attachments can be read as long as the page is open
     * @param key the item's identity, for Message-ID and archive-key header
     * @param raw the record itself, for a converter that attaches it or passes it through
     * @throws IOException if an attachment can't be read now: the page is tried again later
     * @throws ArchiveException with its remedy; any other runtime exception holds the item
     */
    ConvertedMessage convert(SourceItem item, ItemKey key, RawRecord raw) throws IOException;
}
