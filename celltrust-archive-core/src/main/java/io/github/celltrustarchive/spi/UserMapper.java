// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.Participant;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Finds a participant's mailbox.
 *
 * <p>May be called by several threads at once. It is asked again at every run for a participant that it couldn't map, so
 * a mapping that arrives later is found. The same participant and time get the same decision in any zone and locale, as
 * long as the directory doesn't change. Whatever a participant's fields hold, there is a decision: no exception for a
 * number or an address that isn't one.
 *
 * <p>These rules are numbered {@code mapper.N} in {@code docs/rules.md}; {@code UserMapperContract} of the test kit tests
 * them.
 */
@FunctionalInterface
public interface UserMapper {

    /**
     * Maps one participant.
     *
     * @param participant as the source spells it
     * @param at when the message was sent: numbers change owners
     * @return a decision, never null
     * @throws IOException if a directory doesn't answer: the participant is pending and asked for again later
     * @throws ArchiveException with its remedy; any other runtime exception holds the participant
     * @throws InterruptedException if the calling thread was interrupted
     */
    Mapping map(Participant participant, Instant at) throws IOException, InterruptedException;

    /**
     * This mapper's answer, or the next one's where this one says {@link Mapping.Unmapped}. If both do, the last reason
     * counts.
     */
    default UserMapper orElse(UserMapper next) {
        Objects.requireNonNull(next, "next");
        UserMapper first = this;
        return new UserMapper() {
            @Override
            public Mapping map(Participant participant, Instant at) throws IOException, InterruptedException {
                Mapping mapping = first.map(participant, at);
                return mapping instanceof Mapping.Unmapped ? next.map(participant, at) : mapping;
            }

            @Override
            public List<Check> preflight() throws IOException, InterruptedException {
                return Stream.concat(first.preflight().stream(), next.preflight().stream())
                        .toList();
            }
        };
    }

    /**
     * Looks, before a run, whether users can be looked up: a directory answers, a table has rows.
     *
     * @return one entry for each thing looked at, passed ones included; empty by default
     * @throws IOException if it can't be looked at now: reported as a failed check, as every exception is
     */
    default List<Check> preflight() throws IOException, InterruptedException {
        return List.of();
    }
}
