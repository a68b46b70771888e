// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import java.io.IOException;

/**
 * Knows a format: turns a raw record into what it means.
 *
 * <p>A parser is pure: the same record gives an equal item whenever, wherever and in whatever zone and locale it runs. It
 * may be called by several threads at once, and again, years later, for a record that was held and whose parser has been
 * mended.
 *
 * <p>An item's identity is what {@code parse} makes of the record. Where the record itself is what is archived, as with a
 * {@code message/rfc822} record that passes through, the item must carry a digest of it (as a property, say), or a second
 * record with other bytes and the same fields is taken for a replay of the first.
 */
@FunctionalInterface
public interface RecordParser {

    /**
     * Parses one record. Attachments may be opened as long as the page they came with is open.
     *
     * @throws RecordException if the record is bad: it is held with its bytes. Any other runtime exception is treated
     *     the same
     * @throws IOException if a part of the record can't be read now: the page is tried again later. No item is made of
     *     the rest
     */
    SourceItem parse(RawRecord record) throws RecordException, IOException;
}
