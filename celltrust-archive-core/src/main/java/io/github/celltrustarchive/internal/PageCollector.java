// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.ArchiveListener;
import io.github.celltrustarchive.spi.ItemIdentity;
import io.github.celltrustarchive.spi.Sighting;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.SourcePage;
import io.github.celltrustarchive.spi.Transition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes one page from raw records to a commit: parse, recognise, convert, stage, record. */
final class PageCollector {

    private final RunContext run;
    private final SourceAdapter source;
    private final ItemConversion conversion;
    private final PackStaging staging;
    private final SkipCheck skips;

    PageCollector(RunContext run) {
        this.run = run;
        this.source = run.parts().requireSource();
        this.conversion = new ItemConversion(run);
        this.staging = new PackStaging(run);
        this.skips = new SkipCheck(run);
    }

    void collect(Checkpoint from, SourcePage page) throws IOException, InterruptedException {
        List<RecordReading> readings = new ArrayList<>(page.records().size());
        for (RawRecord record : page.records()) {
            readings.add(read(record));
        }
        List<PageEntry> fresh = convert(readings);
        skips.check(held(fresh), fresh.size());
        PackStaging.Staged staged = staging.stage(fresh);
        skips.check(staged.held(), fresh.size()); // some messages turn out to be unwritable only when they are written
        List<Transition> transitions = new ArrayList<>(staged.transitions());
        int replayed = readings.size() - fresh.size();
        transitions.add(new Transition.CheckpointMoved(from, page.next(), readings.size(), replayed));
        run.commit(transitions);
        skips.recorded(staged.held().size(), fresh.size());
        tell(transitions, readings.size(), replayed);
    }

    private RecordReading read(RawRecord record) throws IOException {
        try {
            return RecordReading.of(run.connector(), source, record);
        } catch (IOException e) { // its message may name a file, and so a person
            throw new IOException("the record at " + record.locator() + " can't be read: " + Faults.typeOf(e), e);
        }
    }

    private static List<String> held(List<PageEntry> entries) {
        return entries.stream()
                .filter(entry -> entry.held() != null)
                .map(entry -> entry.raw().locator())
                .toList();
    }

    /** The entries of what the ledger doesn't know yet, in order. */
    private List<PageEntry> convert(List<RecordReading> readings) throws IOException {
        List<ItemIdentity> identities =
                readings.stream().map(RecordReading::identity).toList();
        List<Sighting> sightings = run.parts().ledger().sightings(run.connector(), identities);
        Set<ItemKey> seen = new HashSet<>();
        Map<String, Integer> newOfSourceId = new HashMap<>();
        List<PageEntry> entries = new ArrayList<>();
        for (int i = 0; i < readings.size(); i++) {
            Sighting sighting = sightings.get(i);
            ItemIdentity identity = identities.get(i);
            if (!sighting.known() && seen.add(identity.key())) {
                int before = newOfSourceId.merge(identity.sourceId(), 1, Integer::sum) - 1;
                entries.add(conversion.convert(readings.get(i), sighting.revision() + before));
            }
        }
        return entries;
    }

    private void tell(List<Transition> transitions, int records, int replayed) {
        long epoch = run.fence().epoch();
        int held = 0;
        for (Transition transition : transitions) {
            if (transition instanceof Transition.ItemHeld item) {
                held++;
                run.tell(l -> l.onItemHeld(new ArchiveListener.ItemHeld(epoch, item.key(), item.reason())));
            }
        }
        int heldItems = held;
        run.tell(l -> l.onPageCollected(new ArchiveListener.PageCollected(epoch, records, replayed, heldItems)));
    }
}
