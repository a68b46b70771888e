// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ArchiveListener;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all steps of one run share. May be used by several threads. */
final class RunContext {

    private static final Logger LOG = LoggerFactory.getLogger(RunContext.class);
    private static final Duration SLICE = Duration.ofSeconds(1);

    private final Parts parts;
    private final Options options;
    private final World world;
    private final ArchiveListener listener;
    private final BooleanSupplier stopRequested;
    private final Fence fence;
    private final List<String> problems = Collections.synchronizedList(new ArrayList<>());

    RunContext(
            Parts parts,
            Options options,
            World world,
            ArchiveListener listener,
            BooleanSupplier stopRequested,
            Fence fence) {
        this.parts = parts;
        this.options = options;
        this.world = world;
        this.listener = listener;
        this.stopRequested = stopRequested;
        this.fence = fence;
    }

    Parts parts() {
        return parts;
    }

    Options options() {
        return options;
    }

    Fence fence() {
        return fence;
    }

    String connector() {
        return parts.profile().name();
    }

    Instant now() {
        return world.clock().instant();
    }

    World world() {
        return world;
    }

    boolean stopping() {
        return stopRequested.getAsBoolean();
    }

    void commit(List<Transition> transitions) {
        if (!transitions.isEmpty()) {
            parts.ledger().commit(fence, transitions);
        }
    }

    /** Tells the listener; what it throws is its own affair. */
    void tell(Consumer<ArchiveListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException e) {
            LOG.warn("a listener failed in run {} of {}", fence.epoch(), connector(), e);
        }
    }

    /** Records something that an operator must look at, and tells the listener. */
    void alarm(String what) {
        LOG.warn("run {} of {}: {}", fence.epoch(), connector(), what);
        commit(List.of(new Transition.AlarmRaised(what)));
        tell(l -> l.onAlarm(new ArchiveListener.Alarm(fence.epoch(), what)));
    }

    /** Notes what this run couldn't do but the next one may. */
    void problem(String what) {
        problems.add(what);
        alarm(what);
    }

    List<String> problems() {
        synchronized (problems) {
            return List.copyOf(problems);
        }
    }

    /** When to try again after this many failures, or empty to give up. */
    Optional<Instant> retryAt(int failures) {
        return options.retryPolicy()
                .waitAfter(Math.max(1, failures), world.random())
                .map(wait -> now().plus(wait));
    }

    /** When to try again after this failure, or empty to give up. */
    Optional<Instant> retryAt(int failures, ArchiveException failure) {
        return failure.notBefore().or(() -> retryAt(failures));
    }

    /** Waits until this time or until the run is asked to stop, in slices so that a request is heard. */
    void sleepUntil(Instant time) throws InterruptedException {
        for (Duration left = left(time); !left.isNegative() && !left.isZero() && !stopping(); left = left(time)) {
            world.sleeper().sleep(left.compareTo(SLICE) < 0 ? left : SLICE);
        }
    }

    private Duration left(Instant time) {
        return Duration.between(now(), time);
    }
}
