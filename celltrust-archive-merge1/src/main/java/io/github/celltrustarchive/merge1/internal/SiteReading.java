// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.merge1.Merge1Connector;
import io.github.celltrustarchive.merge1.Merge1Item;
import io.github.celltrustarchive.merge1.Merge1Page;
import io.github.celltrustarchive.merge1.Merge1Site;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a site's list page by page, and fetches what isn't known yet. */
public final class SiteReading {

    private static final int MAX_LIMIT = 1_000;
    private static final int MAX_PAGES_WITHOUT_NEWS = 10_000;

    private final Merge1Site site;
    private final SiteFolder folder;
    private final SiteFetch fetch;
    private final Options options;
    private final Clock clock;
    private final SiteCircle circle = new SiteCircle();

    /**
     * How a site is read.
     *
     * @param overlap how far back late arrivals are looked for
     * @param lookAgainEvery at most this often
     * @param maxPageBytes of the items of one page, unless its only one is larger
     * @param remembered how many items that were archived last are known without downloading them
     */
    public record Options(Duration overlap, Duration lookAgainEvery, long maxPageBytes, int remembered) {}

    /** Reads with these parts. */
    public SiteReading(Merge1Site site, SiteFolder folder, SiteFetch fetch, Options options, Clock clock) {
        this.site = site;
        this.folder = folder;
        this.fetch = fetch;
        this.options = options;
        this.clock = clock;
    }

    /** The next records after a checkpoint. */
    public SourcePage read(Merge1Connector connector, Checkpoint after, int maxRecords)
            throws IOException, InterruptedException {
        SitePosition position = SitePosition.of(after);
        boolean looks = position.isDue(clock.instant(), options.lookAgainEvery());
        boolean looksBeyond = false;
        if (looks) {
            position = position.lookAgain(options.overlap());
        }
        for (int pages = 0; pages < MAX_PAGES_WITHOUT_NEWS; pages++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while reading");
            }
            Merge1Page page = list(connector, position, Math.min(maxRecords, MAX_LIMIT));
            SitePosition next = position.after(page, clock.instant());
            if (page.more()) {
                circle.step(position.asking(), page.nextCursor());
            }
            List<Merge1Item> news = news(position, page);
            if (!news.isEmpty()) {
                return fetched(connector, news, next);
            }
            if (next.atEnd() && looks && !looksBeyond) {
                looksBeyond = true;
                position = next.lookBeyond();
            } else if (next.atEnd() || (looksBeyond && next.again() == null)) {
                return SourcePage.of(List.of(), after, false);
            } else {
                position = next;
            }
        }
        throw new IOException(
                "the site gave " + MAX_PAGES_WITHOUT_NEWS + " pages in a row without a new item and without an end");
    }

    private SourcePage fetched(Merge1Connector connector, List<Merge1Item> news, SitePosition next)
            throws IOException, InterruptedException {
        List<RawRecord> records = new ArrayList<>();
        List<Merge1Item> had = new ArrayList<>();
        boolean lacking = false;
        Set<Path> files = new HashSet<>();
        for (Merge1Item item : news) {
            SiteFetch.Fetched fetched = fetch.fetch(connector, item);
            records.add(fetched.record());
            files.addAll(fetched.files());
            if (fetched.outcome() == SiteFetch.Outcome.HAD) {
                had.add(fetched.item());
            }
            lacking |= fetched.outcome() == SiteFetch.Outcome.LACKING;
        }
        folder.hand(files);
        SitePosition reached =
                next.remembering(had, options.remembered()).telling(lacking, clock.instant(), options.overlap());
        return new SitePage(records, reached.toCheckpoint(), !reached.atEnd(), files, folder);
    }

    /** A page whose new items fit into the disk that a page may use. */
    private Merge1Page list(Merge1Connector connector, SitePosition position, int most)
            throws IOException, InterruptedException {
        int limit = most;
        while (true) {
            Merge1Page page = site.itemsAfter(connector, position.asking(), position.again(), limit);
            if (page.items().size() > limit) {
                throw new IOException("the site's page has more items than were asked for");
            }
            int fitting = fitting(position, page.items());
            if (fitting == page.items().size()) {
                return page;
            }
            limit = Math.min(fitting, limit - 1);
        }
    }

    /** How many of the first items fit, at least one. */
    private int fitting(SitePosition position, List<Merge1Item> items) {
        long bytes = 0;
        for (int i = 0; i < items.size(); i++) {
            Merge1Item item = items.get(i);
            bytes += position.memory().knows(item) ? 0 : item.size();
            if (i > 0 && (bytes > options.maxPageBytes() || bytes < 0)) {
                return i;
            }
        }
        return items.size();
    }

    /** What isn't known, each version once. */
    private static List<Merge1Item> news(SitePosition position, Merge1Page page) {
        List<Merge1Item> news = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Merge1Item item : page.items()) {
            if (!position.memory().knows(item) && seen.add(item.sha256() + " " + item.id())) {
                news.add(item);
            }
        }
        return news;
    }
}
