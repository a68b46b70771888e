// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import io.github.celltrustarchive.io.FolderCheck;
import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.merge1.internal.SiteFolder;
import io.github.celltrustarchive.merge1.internal.SiteHeldRecords;
import io.github.celltrustarchive.merge1.internal.SitePositions;
import io.github.celltrustarchive.merge1.internal.SiteReading;
import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.RecordParser;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connector of a Merge1 site as a source: the first run takes everything, later runs what is new, as the reference's
 * connector does every day. What the site offers over the wire is behind {@link Merge1Site}.
 *
 * <p><b>Late arrivals.</b> An item that turns up in the list before the place that was reached would never be seen. So at
 * the beginning of a run the list of a window of time is read again: from the {@link Merge1SiteSourceBuilder#overlap} before
 * the latest item of the run before last, up to the latest item seen; and, where nothing is new, beyond it. What is known is recognised, in the list if it was
 * archived lately, else by the ledger after its download. What this costs depends on how much came in since then, not on what
 * was archived long ago.
 *
 * <p><b>What the list gets wrong.</b> Pages that come again, overlap, shrink or have another order change nothing about what
 * is archived. Empty pages are followed, up to 10,000 in a row. Cursors that go in a circle, however long it is, end the
 * run.
 *
 * <p><b>What happens to an item between list and download.</b> If it has changed, the version that the site lists by now is
 * archived. If it is gone, the entry of the list becomes a record that is held with the reason "vanished at the source". If
 * its bytes don't fit what the site says about them at three tries, or its link leads to another host, or it is larger than
 * {@link Merge1SiteSourceBuilder#maxItemBytes}, the entry is held with that reason, and with the bytes if there are any. Such
 * an item is tried again as long as it is in the window of late arrivals.
 *
 * <p><b>Disk and memory.</b> Items are downloaded into files for the owner only, in a folder that belongs to this source
 * alone; what a dead process left there is deleted. A page holds items of at most
 * {@link Merge1SiteSourceBuilder#maxPageBytes}, or one that is larger. A download that breaks off goes on where it ended, as
 * long as the source is open. Memory doesn't depend on an item's size.
 *
 * <p><b>Acknowledgement</b> tells the site up to which cursor everything is archived. Where an item's bytes couldn't be had
 * although the site has them, it isn't told of that item or of what follows: as long as the item is tried again in vain, and for the
 * time of the overlap after that. Nothing else tells the site anything.
 *
 * <p><b>Records</b> are {@code message/rfc822}; their locator is made from a digest of the site's id. The checkpoint is
 * text that begins with its version; it holds cursors, times and digests.
 *
 * <p>The source closes the site that it was given.
 */
public final class Merge1SiteSource implements SourceAdapter {

    private final Merge1Site site;
    private final String connectorName;
    private final RecordParser parser;
    private final SiteFolder folder;
    private final Storage storage;
    private final SiteReading reading;
    private @Nullable Merge1Connector connector;

    Merge1SiteSource(
            Merge1Site site,
            String connectorName,
            RecordParser parser,
            SiteFolder folder,
            Storage storage,
            SiteReading reading) {
        this.site = site;
        this.connectorName = connectorName;
        this.parser = parser;
        this.folder = folder;
        this.storage = storage;
        this.reading = reading;
    }

    /**
     * Starts from the defaults.
     *
     * @param connectorName the unique name that the connector was given on the site
     * @param folder for downloads; of this source alone, made if need be
     * @param parser of the emails, such as {@link Merge1EmlParser}
     */
    public static Merge1SiteSourceBuilder builder(
            Merge1Site site, String connectorName, Path folder, RecordParser parser) {
        return new Merge1SiteSourceBuilder(site, connectorName, folder, parser);
    }

    /**
     * {@inheritDoc}
     *
     * @throws ArchiveException with the remedy {@code STOP} if the site has no connector of that name, refuses the account
     *     or has forgotten the place, if its pages go in a circle, or if another source uses the folder
     * @throws IllegalArgumentException if the checkpoint isn't one of this kind
     */
    @Override
    public SourcePage read(Checkpoint after, int maxRecords) throws IOException, InterruptedException {
        if (maxRecords < 1) {
            throw new IllegalArgumentException("maxRecords must be at least 1");
        }
        try {
            folder.open();
            return reading.read(connector(), after, maxRecords);
        } catch (ClosedByInterruptException e) {
            Thread.interrupted(); // the exception takes its place
            InterruptedException interrupted = new InterruptedException("interrupted while downloading");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** {@inheritDoc} A record that stands for an item that couldn't be had is refused with the reason. */
    @Override
    public SourceItem parse(RawRecord record) throws IOException {
        if (record.mediaType().equals(SiteHeldRecords.MEDIA_TYPE)) {
            throw SiteHeldRecords.refusal(record);
        }
        return parser.parse(record);
    }

    @Override
    public void acknowledge(Checkpoint upTo) throws IOException, InterruptedException {
        String cursor = SitePositions.cursorToTell(upTo);
        if (!cursor.isEmpty()) {
            site.acknowledge(connector(), cursor);
        }
    }

    @Override
    public List<Check> preflight() throws IOException, InterruptedException {
        List<Check> checks = new ArrayList<>(site.check());
        Optional<Merge1Connector> found = site.findConnector(connectorName);
        checks.add(
                found.isPresent()
                        ? Check.pass("the Merge1 site has the connector")
                        : Check.fail("the Merge1 site has no connector of the name configured", MISSING));
        checks.addAll(FolderCheck.space(storage, nearestFolder()));
        return checks;
    }

    /** Ends a read that is blocked, deletes the downloads and closes the site. A second call does nothing. */
    @Override
    public void close() {
        site.close();
        folder.close();
    }

    @Override
    public String toString() {
        return "Merge1SiteSource";
    }

    private static final String MISSING =
            "configure it on the Merge1 site, down to \"Save & Finish\", and spell its name here as there";

    private Merge1Connector connector() throws IOException, InterruptedException {
        Merge1Connector known = connector;
        if (known == null) {
            known = site.findConnector(connectorName)
                    .orElseThrow(() -> ArchiveException.stop(
                            "the Merge1 site has no connector of the name configured: " + MISSING, null));
            connector = known;
        }
        return known;
    }

    private Path nearestFolder() throws IOException {
        Path nearest = folder.path();
        while (!storage.isDirectory(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        return nearest;
    }
}
