// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.Transition;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A ledger in a SQLite file of a temporary folder, broken in one way. */
abstract class BrokenLedgerContract extends LedgerContract {

    private final UnaryOperator<Ledger> breaking;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // the folder is JUnit's
    BrokenLedgerContract(UnaryOperator<Ledger> breaking) {
        this.breaking = breaking;
    }

    @Override
    protected Ledger open(Clock clock) {
        return breaking.apply(sqlite(clock));
    }

    /** The whole ledger again, not broken. */
    @Override
    protected Optional<Ledger> reopen(Clock clock) {
        return Optional.of(sqlite(clock));
    }

    final Ledger sqlite(Clock clock) {
        return JdbcLedger.sqlite(folder.resolve("ledger.db"), new DiskStorage(), clock);
    }

    /** The transitions with each one replaced by what {@code change} makes of it. */
    static List<Transition> each(List<Transition> transitions, UnaryOperator<Transition> change) {
        return transitions.stream().map(change).toList();
    }

    /** The transitions with one more before those that {@code before} gives one for. */
    static List<Transition> preceded(List<Transition> transitions, Function<Transition, Optional<Transition>> before) {
        List<Transition> all = new ArrayList<>();
        for (Transition transition : transitions) {
            Stream.concat(before.apply(transition).stream(), Stream.of(transition))
                    .forEach(all::add);
        }
        return all;
    }
}
