// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.SourcePage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads pages and keeps them open until the test is over, so that closing plays no part where it isn't the question. */
final class Readings implements AutoCloseable {

    private static final int TOO_MANY_PAGES = 2_000;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    SourceAdapter keep(SourceAdapter adapter) {
        assertNotNull(adapter, "a source adapter");
        open.push(adapter);
        return adapter;
    }

    SourcePage page(SourceAdapter adapter, Checkpoint after, int maxRecords) throws Exception {
        SourcePage page = adapter.read(after, maxRecords);
        assertNotNull(page, "read never returns null");
        open.push(page);
        return page;
    }

    /** The pages after a checkpoint, up to an empty one that says it is the last. */
    List<SourcePage> pages(SourceAdapter adapter, Checkpoint after, int maxRecords) throws Exception {
        List<SourcePage> pages = new ArrayList<>();
        Checkpoint reached = after;
        while (pages.size() < TOO_MANY_PAGES) {
            SourcePage page = page(adapter, reached, maxRecords);
            pages.add(page);
            if (page.records().isEmpty() && !page.more()) {
                return pages;
            }
            reached = page.next();
        }
        return fail("the source has no end: no empty page that says so among " + pages.size() + " pages");
    }

    /** The records after a checkpoint, without those that an earlier page held (an overlap window). */
    List<RawRecord> records(SourceAdapter adapter, Checkpoint after, int maxRecords) throws Exception {
        List<RawRecord> records = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (SourcePage page : pages(adapter, after, maxRecords)) {
            page.records().stream().filter(r -> !known.contains(r.locator())).forEach(records::add);
            page.records().forEach(r -> known.add(r.locator()));
        }
        return records;
    }

    /** What a second close throws is a rule's business, not that of the test that happens to clean up. */
    @Override
    public void close() {
        for (AutoCloseable closeable : open) {
            try {
                closeable.close();
            } catch (Exception e) {
                // the rule about closing reports it
            }
        }
    }
}
