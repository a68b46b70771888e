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
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A stager whose process may die before and after each change. */
public final class CrashingStager implements Stager {

    private final Stager stager;
    private final CrashPoint crashPoint;

    /** Wraps a stager. */
    public CrashingStager(Stager stager, CrashPoint crashPoint) {
        this.stager = Objects.requireNonNull(stager, "stager");
        this.crashPoint = Objects.requireNonNull(crashPoint, "crashPoint");
    }

    @Override
    public StagedObject put(String name, ContentWriter bytes) throws IOException, InterruptedException {
        crashPoint.pass("before put");
        StagedObject object = stager.put(name, bytes);
        crashPoint.pass("after put");
        return object;
    }

    @Override
    public InputStream open(URI object, long offset, long length) throws IOException {
        crashPoint.requireAlive();
        return stager.open(object, offset, length);
    }

    @Override
    public Stream<StagedObject> list(String prefix) throws IOException {
        crashPoint.requireAlive();
        return stager.list(prefix);
    }

    @Override
    public DeleteResult delete(URI object) throws IOException, InterruptedException {
        crashPoint.pass("before delete");
        DeleteResult result = stager.delete(object);
        crashPoint.pass("after delete");
        return result;
    }

    @Override
    public List<Check> preflight() throws IOException, InterruptedException {
        return stager.preflight();
    }

    /** Does nothing after the crash. */
    @Override
    public void close() throws IOException {
        if (!crashPoint.crashed()) {
            stager.close();
        }
    }
}
