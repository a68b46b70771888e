// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.merge1.Merge1Connector;
import io.github.celltrustarchive.merge1.Merge1EmlParser;
import io.github.celltrustarchive.merge1.Merge1Item;
import io.github.celltrustarchive.merge1.Merge1ItemException;
import io.github.celltrustarchive.merge1.Merge1Site;
import io.github.celltrustarchive.merge1.internal.SiteFolder.Downloaded;
import io.github.celltrustarchive.merge1.internal.SiteHeldRecords.Reason;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a listed item into a record: its bytes, checked against the list, or, if it can't be had for a reason of its own, its
 * entry. What is wrong with the site as a whole is an {@code IOException} and tried again later.
 */
public final class SiteFetch {

    private static final Logger LOG = LoggerFactory.getLogger(SiteFetch.class);
    private static final int TRIES = 3;
    private static final int LOCATOR_DIGITS = 40;

    private final Merge1Site site;
    private final SiteFolder folder;
    private final Storage storage;
    private final long maxItemBytes;

    /** Fetches from a site into a folder. */
    public SiteFetch(Merge1Site site, SiteFolder folder, Storage storage, long maxItemBytes) {
        this.site = site;
        this.folder = folder;
        this.storage = storage;
        this.maxItemBytes = maxItemBytes;
    }

    /**
     * What became of an item.
     *
     * @param item the version that was fetched, or the entry as it was last seen
     * @param outcome whether its bytes were had
     */
    record Fetched(Merge1Item item, RawRecord record, Outcome outcome, Set<Path> files) {}

    /** What came of asking for an item's bytes. */
    enum Outcome {
        /** They were had. */
        HAD,
        /** The site has them no more. */
        GONE,
        /** The site has them, but not so that they could be had. */
        LACKING
    }

    Fetched fetch(Merge1Connector connector, Merge1Item listed) throws IOException, InterruptedException {
        Merge1Item item = listed;
        Downloaded wrong = null;
        for (int left = TRIES; left > 0; left--) {
            if (item.size() > maxItemBytes) {
                return held(item, Reason.TOO_LARGE, null);
            }
            wrong = null;
            try {
                Downloaded done = download(connector, item);
                if (done.sha256().equals(item.sha256())) {
                    return had(item, done);
                }
                wrong = done;
            } catch (Merge1ItemException e) {
                LOG.info("merge1 site: {}: {}", locator(item), e.getMessage());
                folder.dropUnfinished();
            }
            Optional<Merge1Item> now = site.item(connector, item.id());
            if (now.isEmpty()) {
                return held(listed, Reason.VANISHED, wrong);
            }
            if (wrong != null && wrong.sha256().equals(now.get().sha256())) {
                return had(now.get(), wrong); // changed in between; the list has caught up
            }
            if (wrong != null && left > 1) {
                folder.forget(item);
            }
            item = now.get();
        }
        return held(item, wrong == null ? Reason.UNREACHABLE : Reason.DIGEST_DIFFERS, wrong);
    }

    private Downloaded download(Merge1Connector connector, Merge1Item item) throws IOException, InterruptedException {
        try {
            return folder.download(item, offset -> site.open(connector, item, offset));
        } catch (Merge1ItemException e) {
            throw e;
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("the item at " + locator(item) + " can't be read now: " + e.getMessage(), e);
        }
    }

    private Fetched had(Merge1Item item, Downloaded done) {
        Content bytes = new SiteFileContent(storage, done.file(), done.size());
        RawRecord record = new RawRecord(Merge1EmlParser.MEDIA_TYPE, bytes, locator(item));
        return new Fetched(item, record, Outcome.HAD, Set.of(done.file()));
    }

    private Fetched held(Merge1Item item, Reason reason, @Nullable Downloaded bytes) {
        LOG.warn("merge1 site: {} can't be had ({}); its entry is kept and held", locator(item), reason);
        Map<String, Content> parts =
                bytes == null ? Map.of() : Map.of("content", new SiteFileContent(storage, bytes.file(), bytes.size()));
        RawRecord record = SiteHeldRecords.of(item, reason, parts, locator(item));
        Outcome outcome = reason == Reason.VANISHED ? Outcome.GONE : Outcome.LACKING;
        return new Fetched(item, record, outcome, bytes == null ? Set.of() : Set.of(bytes.file()));
    }

    /** The same for all versions of an item, so that another version is a revision; tells nothing of the id. */
    private static String locator(Merge1Item item) {
        return "merge1-site:" + SiteMemory.sha256(item.id()).substring(0, LOCATOR_DIGITS);
    }
}
