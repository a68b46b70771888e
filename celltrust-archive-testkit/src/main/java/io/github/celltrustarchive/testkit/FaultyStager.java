// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.DeleteResult;
import io.github.celltrustarchive.model.StagedObject;
import io.github.celltrustarchive.spi.ContentWriter;
import io.github.celltrustarchive.spi.Stager;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A stager with the faults of a plan in {@code put}, {@code open}, {@code list}, {@code delete} and {@code preflight}. Where
 * the answer of {@code open} or {@code list} is lost, nothing is left open.
 */
public final class FaultyStager implements Stager {

    private final Stager stager;
    private final FaultPlan plan;

    /** Wraps a stager. */
    public FaultyStager(Stager stager, FaultPlan plan) {
        this.stager = Objects.requireNonNull(stager, "stager");
        this.plan = plan.requireMethods("put", "open", "list", "delete", "preflight");
    }

    @Override
    public StagedObject put(String name, ContentWriter bytes) throws IOException, InterruptedException {
        return plan.call("put", () -> stager.put(name, bytes));
    }

    @Override
    public InputStream open(URI object, long offset, long length) throws IOException {
        InputStream[] opened = new InputStream[1];
        boolean answered = false;
        try {
            InputStream in = plan.quickCall("open", () -> opened[0] = stager.open(object, offset, length));
            answered = true;
            return in;
        } finally {
            if (!answered && opened[0] != null) {
                opened[0].close();
            }
        }
    }

    @Override
    public Stream<StagedObject> list(String prefix) throws IOException {
        List<Stream<StagedObject>> listed = new ArrayList<>();
        boolean answered = false;
        try {
            Stream<StagedObject> objects = plan.quickCall("list", () -> {
                listed.add(stager.list(prefix));
                return listed.get(0);
            });
            answered = true;
            return objects;
        } finally {
            if (!answered) {
                listed.forEach(Stream::close);
            }
        }
    }

    @Override
    public DeleteResult delete(URI object) throws IOException, InterruptedException {
        return plan.call("delete", () -> stager.delete(object));
    }

    @Override
    public List<Check> preflight() throws IOException, InterruptedException {
        return plan.call("preflight", stager::preflight);
    }

    /** Does nothing after a crash. */
    @Override
    public void close() throws IOException {
        if (!plan.crashed()) {
            stager.close();
        }
    }
}
