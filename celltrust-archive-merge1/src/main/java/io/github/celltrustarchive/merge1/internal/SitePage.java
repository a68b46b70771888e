// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.SourcePage;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Records whose bytes lie in files, which go when the page is closed. */
record SitePage(List<RawRecord> records, Checkpoint next, boolean more, Set<Path> files, SiteFolder folder)
        implements SourcePage {

    SitePage {
        records = List.copyOf(records);
        files = Set.copyOf(files);
    }

    @Override
    public void close() {
        files.forEach(folder::discard);
    }

    @Override
    public String toString() {
        return "SitePage[" + records.size() + " records" + (more ? ", more" : "") + "]";
    }
}
