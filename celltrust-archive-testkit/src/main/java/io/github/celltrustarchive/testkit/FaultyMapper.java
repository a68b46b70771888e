// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.spi.UserMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** A mapper with the faults of a plan in {@code map} and {@code preflight}. */
public final class FaultyMapper implements UserMapper {

    private final UserMapper mapper;
    private final FaultPlan plan;

    /** Wraps a mapper. */
    public FaultyMapper(UserMapper mapper, FaultPlan plan) {
        this.mapper = Objects.requireNonNull(mapper, "mapper");
        this.plan = plan.requireMethods("map", "preflight");
    }

    @Override
    public Mapping map(Participant participant, Instant at) throws IOException, InterruptedException {
        return plan.call("map", () -> mapper.map(participant, at));
    }

    @Override
    public List<Check> preflight() throws IOException, InterruptedException {
        return plan.call("preflight", mapper::preflight);
    }
}
