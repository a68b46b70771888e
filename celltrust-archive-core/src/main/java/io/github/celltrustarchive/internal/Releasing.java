// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Selection;
import io.github.celltrustarchive.model.Selection.Kind;
import io.github.celltrustarchive.spi.ArchiveListener;
import io.github.celltrustarchive.spi.HeldItem;
import io.github.celltrustarchive.spi.ItemIdentity;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.Reopening;
import io.github.celltrustarchive.spi.Sighting;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.Transition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** Re-opens what is held: items are read back from their packs, parsed and converted again; all else is due again. */
final class Releasing {

    private final RunContext run;
    private final Selection selection;
    private final String operator;
    private final Reopened reopened;
    private final Ledger ledger;

    Releasing(RunContext run, Selection selection, String operator, Reopened reopened) {
        this.run = run;
        this.selection = selection;
        this.operator = operator;
        this.reopened = reopened;
        this.ledger = run.parts().ledger();
    }

    void run() throws InterruptedException {
        if (selection.kinds().contains(Kind.ITEMS)) {
            ledger.lead(run.fence(), run.options().lease()); // first, so that a refused command changes nothing
        }
        Reopener reopener = new Reopener(run, selection, operator, reopened);
        if (selection.kinds().contains(Kind.PARTICIPANTS)) {
            reopener.participants(Reopening.RELEASE);
        }
        if (selection.kinds().contains(Kind.DELIVERIES)) {
            reopener.deliveries();
        }
        if (selection.kinds().contains(Kind.ITEMS)) {
            try {
                releaseItems();
            } catch (IOException e) {
                run.problem("the release of items stopped early (" + Faults.typeOf(e)
                        + "); what was released stays so: give the command again");
            }
        }
    }

    private void releaseItems() throws IOException, InterruptedException {
        SourceAdapter parser = run.parts().requireSource();
        HeldRecords records = new HeldRecords(run);
        PackStaging staging = new PackStaging(run);
        long after = 0;
        while (!run.stopping()) {
            ledger.lead(run.fence(), run.options().lease());
            List<HeldItem> found = ledger.heldItems(
                    run.fence(), selection, after, run.options().pageSize());
            if (found.isEmpty()) {
                return;
            }
            Batch batch = new Batch();
            for (HeldItem item : found) {
                var raw = records.read(item);
                if (raw.isPresent()) {
                    batch.add(item, RecordReading.of(run.connector(), parser, raw.get()));
                } else {
                    reopened.itemsStillHeld++;
                }
            }
            batch.decide();
            batch.commit(staging);
            after = found.get(found.size() - 1).item();
        }
    }

    /** What a commit is about. */
    private final class Batch {
        private final List<HeldItem> items = new ArrayList<>();
        private final List<RecordReading> readings = new ArrayList<>();
        private final List<PageEntry> entries = new ArrayList<>();
        private final List<Transition> released = new ArrayList<>();
        private final Set<ItemKey> seen = new HashSet<>();
        private final Map<String, Integer> newOfSourceId = new HashMap<>();
        private int duplicates;
        private int unchanged;

        void add(HeldItem item, RecordReading reading) {
            items.add(item);
            readings.add(reading);
        }

        void decide() throws IOException {
            List<ItemIdentity> identities =
                    readings.stream().map(RecordReading::identity).toList();
            List<Sighting> sightings = ledger.sightings(run.connector(), identities);
            for (int i = 0; i < items.size(); i++) {
                decide(items.get(i), readings.get(i), sightings.get(i));
            }
        }

        private void decide(HeldItem item, RecordReading reading, Sighting sighting) throws IOException {
            ItemIdentity to = reading.identity();
            boolean same = to.key().equals(item.identity().key());
            if (!same && (sighting.known() || !seen.add(to.key()))) {
                duplicates++;
                released.add(new Transition.ItemReleased(item.item(), to, true, operator));
                return;
            }
            int before = sighting.known() ? 0 : newOfSourceId.merge(to.sourceId(), 1, Integer::sum) - 1;
            PageEntry entry = new ItemConversion(run).convert(reading, sighting.revision() + before);
            if (same && Objects.equals(entry.held(), item.reason())) {
                unchanged++; // nothing is new, so nothing is recorded
                return;
            }
            entries.add(entry);
            released.add(new Transition.ItemReleased(item.item(), to, false, operator));
        }

        void commit(PackStaging staging) throws IOException, InterruptedException {
            List<Transition> transitions = new ArrayList<>(released);
            transitions.addAll(staging.stage(entries).transitions());
            run.commit(transitions);
            reopened.duplicates += duplicates;
            reopened.itemsStillHeld += unchanged;
            transitions.forEach(this::count);
        }

        private void count(Transition transition) {
            if (transition instanceof Transition.ItemStaged) {
                reopened.items++;
            } else if (transition instanceof Transition.ItemExcluded) {
                reopened.itemsExcluded++;
            } else if (transition instanceof Transition.ItemHeld held) {
                reopened.itemsStillHeld++;
                Consumer<ArchiveListener> event = l ->
                        l.onItemHeld(new ArchiveListener.ItemHeld(run.fence().epoch(), held.key(), held.reason()));
                run.tell(event);
            }
        }
    }
}
