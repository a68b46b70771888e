// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.ContentLocation;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.StagedObject;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.Transition;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stages a page's records and messages as packs and tells where everything lies. */
final class PackStaging {

    private final RunContext run;
    private int packs;

    PackStaging(RunContext run) {
        this.run = run;
    }

    /**
     * What became durable.
     *
     * @param transitions record it
     * @param held locators of the records that are held
     */
    record Staged(List<Transition> transitions, List<String> held) {}

    /** Durable on return. Nothing is staged for no entries. */
    Staged stage(List<PageEntry> entries) throws IOException, InterruptedException {
        Staged staged = new Staged(new ArrayList<>(), new ArrayList<>());
        List<PageEntry> pack = new ArrayList<>();
        long size = 0;
        for (PageEntry entry : entries) {
            if (!pack.isEmpty() && size + entry.estimate() > run.options().packBytes()) {
                stagePack(pack, staged);
                pack.clear();
                size = 0;
            }
            pack.add(entry);
            size += entry.estimate();
        }
        if (!pack.isEmpty()) {
            stagePack(pack, staged);
        }
        return staged;
    }

    private void stagePack(List<PageEntry> entries, Staged staged) throws IOException, InterruptedException {
        String name = OrphanSweep.prefix(run.connector(), run.fence().epoch())
                + String.format(Locale.ROOT, "%08d.zip", ++packs);
        List<Placed> placed = new ArrayList<>();
        StagedObject object = put(name, out -> {
            placed.clear(); // a stager may ask for the bytes again
            PackWriter pack = new PackWriter(out);
            for (int i = 0; i < entries.size(); i++) {
                placed.add(write(pack, String.format(Locale.ROOT, "items/%06d/", i + 1), entries.get(i)));
            }
            pack.finish();
        });
        staged.transitions().add(new Transition.PackStaged(object));
        for (Placed entry : placed) {
            staged.transitions().add(entry.transition(object.uri()));
            if (entry.entry().held() != null) {
                staged.held().add(entry.entry().raw().locator());
            }
        }
    }

    private StagedObject put(String name, PackBody body) throws IOException, InterruptedException {
        try {
            return run.parts().stager().put(name, body::writeTo);
        } catch (ArchiveException e) {
            throw e;
        } catch (RuntimeException e) {
            throw ArchiveException.stop(
                    "the stager of connector " + run.connector() + " failed with " + Faults.typeOf(e), e);
        }
    }

    private Placed write(PackWriter pack, String folder, PageEntry entry) throws IOException {
        ItemKey key = entry.identity().key();
        PackEntry raw = pack.add(
                folder + "record",
                recordMetadata(key, entry.raw()),
                DigestedContent.of(entry.raw().bytes()));
        int number = 0;
        for (Map.Entry<String, Content> part : entry.raw().parts().entrySet()) {
            String name = folder + String.format(Locale.ROOT, "part-%03d", ++number);
            pack.add(name, metadata(key, "part", part.getKey()), DigestedContent.of(part.getValue()));
        }
        if (entry.message() == null) {
            return new Placed(entry, raw, null);
        }
        String held;
        try {
            PackEntry eml = pack.add(
                    folder + "message.eml",
                    metadata(key, "message", ""),
                    entry.requireMessage().eml());
            return new Placed(entry, raw, eml);
        } catch (ArchiveException e) {
            held = Faults.heldReason(e);
        } catch (RuntimeException | StackOverflowError e) {
            held = Faults.heldReason("the converter", e);
        } catch (OutOfMemoryError e) {
            throw Faults.outOfMemory("converting", entry.raw(), e);
        }
        return new Placed(entry.heldFor(held), raw, null);
    }

    /** All that is needed to parse it again when the source has long forgotten it. */
    private static Map<String, String> recordMetadata(ItemKey key, RawRecord raw) {
        return Map.of("item", key.hex(), "role", "record", "sourceName", raw.locator(), "mediaType", raw.mediaType());
    }

    private static Map<String, String> metadata(ItemKey key, String role, String name) {
        return name.isEmpty()
                ? Map.of("item", key.hex(), "role", role)
                : Map.of("item", key.hex(), "role", role, "sourceName", name);
    }

    @FunctionalInterface
    private interface PackBody {
        void writeTo(OutputStream out) throws IOException;
    }

    /** An entry with its places in the pack. */
    private record Placed(
            PageEntry entry, PackEntry raw, @Nullable PackEntry eml) {

        Transition transition(URI pack) {
            ContentLocation record = raw.in(pack);
            String sourceId = entry.identity().sourceId();
            ItemKey key = entry.identity().key();
            if (entry.held() != null) {
                return new Transition.ItemHeld(key, sourceId, entry.revision(), entry.held(), record);
            }
            if (entry.excluded() != null || eml == null) {
                return new Transition.ItemExcluded(
                        key, sourceId, entry.revision(), String.valueOf(entry.excluded()), record);
            }
            return new Transition.ItemStaged(entry.requireMessage().envelope(), entry.revision(), record, eml.in(pack));
        }
    }
}
