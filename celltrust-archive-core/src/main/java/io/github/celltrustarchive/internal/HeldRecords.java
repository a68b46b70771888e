// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.HeldItem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads held records back from their packs. Items of one pack come one after the other, so it is indexed once. */
final class HeldRecords {

    private final RunContext run;
    private @Nullable URI pack;
    private Optional<PackIndex> index = Optional.empty();

    HeldRecords(RunContext run) {
        this.run = run;
    }

    /**
     * The record as it was staged; empty, with an alarm, if it isn't there any more as it was.
     *
     * @throws IOException if the stage can't be read now
     */
    Optional<RawRecord> read(HeldItem item) throws IOException {
        URI wanted = item.raw().object();
        if (!wanted.equals(pack)) {
            index = index(wanted);
            pack = wanted;
        }
        Optional<RawRecord> record =
                index.isEmpty() ? Optional.empty() : index.get().record(item.raw());
        if (record.isEmpty()) {
            run.alarm("the stage doesn't hold the record of item "
                    + item.identity().key() + " as it was staged in " + wanted + "; it stays held");
        }
        return record;
    }

    private Optional<PackIndex> index(URI wanted) throws IOException {
        try {
            return Optional.of(PackIndex.of(run.parts().stager(), wanted));
        } catch (NoSuchFileException | ZipException e) {
            return Optional.empty();
        }
    }
}
