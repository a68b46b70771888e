// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.util.List;

/**
 * Some emails of a folder.
 *
 * @param spool holds the copies of those on another machine
 */
record DropPage(List<RawRecord> records, Checkpoint next, boolean more, PageSpool spool) implements SourcePage {

    DropPage {
        records = List.copyOf(records);
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }

    @Override
    public String toString() {
        return "DropPage[" + records.size() + " records]";
    }
}
