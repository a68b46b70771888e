// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** A source whose process may die before each read, and before and after each acknowledgement. */
public final class CrashingSource implements SourceAdapter {

    private final SourceAdapter source;
    private final CrashPoint crashPoint;

    /** Wraps a source. */
    public CrashingSource(SourceAdapter source, CrashPoint crashPoint) {
        this.source = Objects.requireNonNull(source, "source");
        this.crashPoint = Objects.requireNonNull(crashPoint, "crashPoint");
    }

    @Override
    public SourcePage read(Checkpoint after, int maxRecords) throws IOException, InterruptedException {
        crashPoint.pass("before read");
        return source.read(after, maxRecords);
    }

    @Override
    public SourceItem parse(RawRecord record) throws IOException {
        crashPoint.requireAlive();
        return source.parse(record);
    }

    @Override
    public void acknowledge(Checkpoint upTo) throws IOException, InterruptedException {
        crashPoint.pass("before acknowledge");
        source.acknowledge(upTo);
        crashPoint.pass("after acknowledge");
    }

    @Override
    public List<Check> preflight() throws IOException, InterruptedException {
        return source.preflight();
    }

    /** Does nothing after the crash. */
    @Override
    public void close() throws IOException {
        if (!crashPoint.crashed()) {
            source.close();
        }
    }
}
