// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.SourcePage;
import java.util.List;

/** A page like another one, but for what a subclass does otherwise. */
abstract class PageWrapper implements SourcePage {

    private final SourcePage page;

    PageWrapper(SourcePage page) {
        this.page = page;
    }

    @Override
    public List<RawRecord> records() {
        return page.records();
    }

    @Override
    public Checkpoint next() {
        return page.next();
    }

    @Override
    public boolean more() {
        return page.more();
    }
}
