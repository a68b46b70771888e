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

/** A source with the faults of a plan in {@code read}, {@code parse}, {@code acknowledge} and {@code preflight}. */
public final class FaultySource implements SourceAdapter {

    private final SourceAdapter source;
    private final FaultPlan plan;

    /** Wraps a source. */
    public FaultySource(SourceAdapter source, FaultPlan plan) {
        this.source = Objects.requireNonNull(source, "source");
        this.plan = plan.requireMethods("read", "parse", "acknowledge", "preflight");
    }

    /** Of a page whose answer is lost nothing is left open. */
    @Override
    public SourcePage read(Checkpoint after, int maxRecords) throws IOException, InterruptedException {
        SourcePage[] read = new SourcePage[1];
        boolean answered = false;
        try {
            SourcePage page = plan.call("read", () -> read[0] = source.read(after, maxRecords));
            answered = true;
            return page;
        } finally {
            if (!answered && read[0] != null && !plan.crashed()) {
                read[0].close();
            }
        }
    }

    @Override
    public SourceItem parse(RawRecord record) throws IOException {
        return plan.quickCall("parse", () -> source.parse(record));
    }

    @Override
    public void acknowledge(Checkpoint upTo) throws IOException, InterruptedException {
        plan.call("acknowledge", () -> {
            source.acknowledge(upTo);
            return true;
        });
    }

    @Override
    public List<Check> preflight() throws IOException, InterruptedException {
        return plan.call("preflight", source::preflight);
    }

    /** Does nothing after a crash. */
    @Override
    public void close() throws IOException {
        if (!plan.crashed()) {
            source.close();
        }
    }
}
