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
 *
 * <p>The email's header carries the key in one field whose name ends in {@code -Archive-Key}, by which a sink finds the
 * message again. An email that is made of the item is 7-bit and without NUL (RFC 2045 section 2.7), its lines end in CRLF
 * and have at most 998 octets (RFC 5322 section 2.1.1), its Date is the time sent, its text can be read in a text part,
 * and each attachment is in it byte for byte unless the envelope declares it left out. A record that passes through keeps
 * its own bytes.
 *
 * <p>These rules are numbered {@code converter.N} in {@code docs/rules.md}; {@code MessageConverterContract} of the test
 * kit tests them.
 */
@FunctionalInterface
public interface MessageConverter {

    /**
     * Converts one item.
     *
     * @param item what the record means; its attachments can be read as long as the page is open
     * @param key the item's identity, for Message-ID and archive-key header
     * @param raw the record itself, for a converter that attaches it or passes it through
     * @throws IOException if an attachment can't be read now, here or while the message is written: the page is tried again later
     * @throws ArchiveException with its remedy; any other runtime exception holds the item
     */
    ConvertedMessage convert(SourceItem item, ItemKey key, RawRecord raw) throws IOException;
}
