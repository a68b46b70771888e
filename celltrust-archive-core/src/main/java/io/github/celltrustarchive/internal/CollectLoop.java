// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the source page by page until it has no more, and has each page recorded before the next is read. */
final class CollectLoop {

    private static final Logger LOG = LoggerFactory.getLogger(CollectLoop.class);
    private static final int MAX_EMPTY_PAGES = 100;

    private final RunContext run;
    private final SourceAdapter source;
    private final Ledger ledger;
    private final PageCollector pages;

    CollectLoop(RunContext run) {
        this.run = run;
        this.source = run.parts().requireSource();
        this.ledger = run.parts().ledger();
        this.pages = new PageCollector(run);
    }

    void run() throws InterruptedException {
        ledger.lead(run.fence(), run.options().lease());
        try {
            readToTheEnd();
        } finally {
            unlead();
        }
    }

    private void readToTheEnd() throws InterruptedException {
        Instant deadline = run.now().plus(run.options().patience());
        boolean swept = false;
        boolean more = true;
        int failures = 0;
        while (more && !run.stopping()) {
            ArchiveException failure;
            try {
                if (!swept) {
                    new OrphanSweep(run).sweep();
                    acknowledge(ledger.checkpoint(run.connector()));
                    swept = true;
                }
                more = collectPage();
                failures = 0;
                deadline = run.now().plus(run.options().patience());
                continue;
            } catch (IOException e) {
                failure = ArchiveException.retry("the source can't be read now: " + describe(e), e);
            } catch (ArchiveException e) {
                failure = e;
            }
            more = waitToTryAgain(failure, ++failures, deadline);
        }
    }

    /** Whether to go on after this failure, having waited. */
    private boolean waitToTryAgain(ArchiveException failure, int failures, Instant deadline)
            throws InterruptedException {
        if (failure.remedy() != ArchiveException.Remedy.RETRY) {
            throw failure;
        }
        LOG.info("collect of {} failed {} times: {}", run.connector(), failures, failure.getMessage());
        Optional<Instant> again = run.retryAt(failures, failure).filter(time -> !time.isAfter(deadline));
        if (again.isEmpty()) {
            run.problem("collect stopped early after " + failures + (failures == 1 ? " try" : " tries")
                    + ", the next run goes on: " + failure.getMessage());
            return false;
        }
        run.sleepUntil(again.get());
        return true;
    }

    private boolean collectPage() throws IOException, InterruptedException {
        ledger.lead(run.fence(), run.options().lease());
        Checkpoint after = ledger.checkpoint(run.connector());
        for (int empty = 0; ; empty++) {
            try (SourcePage page = readPage(after)) {
                if (!page.records().isEmpty() || !page.next().equals(after)) {
                    pages.collect(after, page);
                    acknowledge(page.next());
                    return page.more();
                }
                if (!page.more()) {
                    return false;
                }
            }
            if (empty >= MAX_EMPTY_PAGES || run.stopping()) {
                throw new IOException("the source says it has more but gave " + empty + " empty pages in a row");
            }
        }
    }

    private SourcePage readPage(Checkpoint after) throws IOException, InterruptedException {
        return readPage(run.parts(), after, run.options().pageSize());
    }

    /** A page; what a source may not throw ends the run. */
    static SourcePage readPage(Parts parts, Checkpoint after, int maxRecords) throws IOException, InterruptedException {
        try {
            return parts.requireSource().read(after, maxRecords);
        } catch (ArchiveException e) {
            throw e;
        } catch (RuntimeException e) {
            throw ArchiveException.stop(
                    "the source of connector " + parts.profile().name() + " failed with " + Faults.typeOf(e), e);
        }
    }

    /** Best effort: what fails now is repeated at the next start. */
    private void acknowledge(Checkpoint upTo) throws InterruptedException {
        if (upTo.equals(Checkpoint.START)) {
            return;
        }
        try {
            source.acknowledge(upTo);
        } catch (IOException | RuntimeException e) {
            LOG.warn("the source of {} didn't take an acknowledgement; repeated at the next start", run.connector(), e);
        }
    }

    private void unlead() {
        try {
            ledger.unlead(run.fence());
        } catch (ArchiveException e) {
            LOG.debug("the lease of {} wasn't given back: {}", run.connector(), e.getMessage());
        }
    }

    private static String describe(@Nullable Throwable e) {
        return e == null ? "" : e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
    }
}
