// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.celltrustarchive.model.AddrSpec;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.spi.UserMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * The rules of {@link UserMapper}, {@code mapper.N} of {@code docs/rules.md}.
 *
 * <pre>{@code
 * class MyMapperContractTest extends UserMapperContract {
 *
 *     protected UserMapper mapper() {
 *         return new MyMapper("bank.example");
 *     }
 *
 *     protected List<Example> examples() {
 *         Instant at = Instant.parse("2026-11-20T14:03:27Z");
 *         return List.of(
 *                 Example.mapped(Participant.ofEmail(TO, "ann.lee@bank.example"), at, "ann.lee@bank.example"),
 *                 Example.mapped(Participant.ofEmail(TO, "Ann.Lee@Bank.example"), at, "ann.lee@bank.example"), // an alias
 *                 Example.external(Participant.ofEmail(TO, "bob@elsewhere.example"), at),
 *                 Example.unmapped(Participant.ofPhone(TO, "+12125550199"), at));
 *     }
 * }
 * }</pre>
 *
 * <p>Two examples of one participant at two times show that numbers change owners; two participants with one mailbox show
 * that aliases are one. Rules for which there is no example are skipped.
 */
public abstract class UserMapperContract {

    /** For subclasses. */
    protected UserMapperContract() {}

    /**
     * A participant and what must come of it.
     *
     * @param participant whom to map
     * @param at when the message was sent
     * @param mailboxId the id of the mailbox, or null
     * @param external whether the answer is {@link Mapping.External}; without mailbox and false it is unmapped
     */
    public record Example(
            Participant participant, Instant at, @Nullable String mailboxId, boolean external) {

        public Example {
            Objects.requireNonNull(participant, "participant");
            Objects.requireNonNull(at, "at");
        }

        /** Somebody whose mailbox has this id. */
        public static Example mapped(Participant participant, Instant at, String mailboxId) {
            return new Example(participant, at, Objects.requireNonNull(mailboxId, "mailboxId"), false);
        }

        /** Nobody of the firm's. */
        public static Example external(Participant participant, Instant at) {
            return new Example(participant, at, null, true);
        }

        /** Somebody who ought to have a mailbox but has none. */
        public static Example unmapped(Participant participant, Instant at) {
            return new Example(participant, at, null, false);
        }

        private boolean isUnmapped() {
            return mailboxId == null && !external;
        }
    }

    /** A new mapper, configured as every other. */
    protected abstract UserMapper mapper() throws Exception;

    /** Whom the mapper knows; at least one is mapped. */
    protected abstract List<Example> examples() throws Exception;

    /** A mapper whose directory doesn't answer. Default: skips {@code mapper.12}. */
    protected UserMapper mapperWithoutDirectory() throws Exception {
        return Assumptions.abort("mapper.12 is skipped: mapperWithoutDirectory() isn't overridden");
    }

    @Test
    @Rule("mapper.1")
    public final void mapper01_whoeverIsAskedForThereIsADecision() throws Exception {
        UserMapper mapper = mapper();
        for (Participant participant : HostileValues.participants()) {
            try {
                assertNotNull(mapper.map(participant, someTime()), "a decision is never null");
            } catch (IOException | RuntimeException e) {
                fail(
                        "a participant's fields must not make a mapper fail with "
                                + e.getClass().getName(),
                        e);
            }
        }
    }

    @Test
    @Rule("mapper.2")
    public final void mapper02_theSameQuestionHasTheSameAnswer() throws Exception {
        UserMapper mapper = mapper();
        List<Mapping> first = answers(mapper);
        assertEquals(first, answers(mapper), "the same participants, asked for again");
    }

    @Test
    @Rule("mapper.3")
    @ResourceLock(Resources.TIME_ZONE)
    @ResourceLock(Resources.LOCALE)
    public final void mapper03_theAnswerIsTheSameInEveryZoneAndLocale() throws Exception {
        List<Mapping> here = answers(mapper());
        for (List<Mapping> there : Elsewhere.inOtherZonesAndLocales(() -> answers(mapper()))) {
            assertEquals(here, there, "decisions with another default time zone and locale");
        }
    }

    @Test
    @Rule("mapper.4")
    public final void mapper04_severalThreadsMapAtOnce() throws Exception {
        UserMapper mapper = mapper();
        List<Mapping> alone = answers(mapper);
        for (List<Mapping> together : Elsewhere.inThreads(50, () -> answers(mapper))) {
            assertEquals(alone, together, "decisions when several threads ask at once");
        }
    }

    @Test
    @Rule("mapper.5")
    public final void mapper05_aKnownParticipantIsMapped() throws Exception {
        List<Example> known = examples().stream()
                .filter(e -> e.mailboxId() != null && !changes(e) && !isAlias(e))
                .toList();
        Capability.require(!known.isEmpty(), "mapper.5", "no example is mapped to a mailbox of its own");
        check(known);
    }

    @Test
    @Rule("mapper.6")
    public final void mapper06_anOutsiderIsExternal() throws Exception {
        List<Example> outsiders =
                examples().stream().filter(e -> e.external() && !changes(e)).toList();
        Capability.require(!outsiders.isEmpty(), "mapper.6", "no example is external");
        check(outsiders);
    }

    @Test
    @Rule("mapper.7")
    public final void mapper07_whoHasNoMailboxIsUnmapped() throws Exception {
        List<Example> unknown =
                examples().stream().filter(e -> e.isUnmapped() && !changes(e)).toList();
        Capability.require(!unknown.isEmpty(), "mapper.7", "no example is unmapped");
        check(unknown);
    }

    @Test
    @Rule("mapper.8")
    public final void mapper08_theTimeOfTheMessageDecides() throws Exception {
        List<Example> changing = examples().stream().filter(this::changes).toList();
        Capability.require(!changing.isEmpty(), "mapper.8", "no participant has examples at two times");
        check(changing);
    }

    @Test
    @Rule("mapper.9")
    public final void mapper09_aliasesAreOneMailbox() throws Exception {
        List<Example> aliases =
                examples().stream().filter(e -> isAlias(e) && !changes(e)).toList();
        Capability.require(!aliases.isEmpty(), "mapper.9", "no two examples share a mailbox");
        check(aliases);
    }

    @Test
    @Rule("mapper.10")
    public final void mapper10_aMailboxHasAPlainAddress() throws Exception {
        for (Mapping mapping : answers(mapper())) {
            if (mapping instanceof Mapping.Mapped mapped) {
                assertTrue(
                        AddrSpec.isValid(mapped.mailbox().primaryAddress()), "an addr-spec (RFC 5322 section 3.4.1)");
            }
        }
    }

    @Test
    @Rule("mapper.11")
    public final void mapper11_rulesAndReasonsShowNoPersonalData() throws Exception {
        UserMapper mapper = mapper();
        for (Example example : examples()) {
            Mapping mapping = mapper.map(example.participant(), example.at());
            PersonalData data = PersonalData.ofParticipant(example.participant());
            if (mapping instanceof Mapping.Mapped mapped) {
                data.assertNotIn(List.of(mapped.rule()), "a rule");
            } else if (mapping instanceof Mapping.Unmapped unmapped) {
                data.assertNotIn(List.of(unmapped.reason()), "a reason");
            }
        }
    }

    @Test
    @Rule("mapper.12")
    public final void mapper12_aDirectoryThatDoesNotAnswerIsAnIOException() throws Exception {
        UserMapper mapper = mapperWithoutDirectory();
        Example known = examples().get(0);
        assertThrows(IOException.class, () -> mapper.map(known.participant(), known.at()), "no decision can be made");
    }

    @Test
    @Rule("mapper.13")
    public final void mapper13_theNextMapperIsAskedOnlyWhereThisOneHasNoMailbox() throws Exception {
        Mapping next = Mapping.to(new Mailbox("next", "next@contract.example"), "next");
        UserMapper both = mapper().orElse((participant, at) -> next);
        UserMapper alone = mapper();
        for (Example example : examples()) {
            Mapping mapping = alone.map(example.participant(), example.at());
            assertEquals(
                    mapping instanceof Mapping.Unmapped ? next : mapping,
                    both.map(example.participant(), example.at()),
                    "decision of the mapper with another one behind it");
        }
    }

    private void check(List<Example> examples) throws Exception {
        UserMapper mapper = mapper();
        for (Example example : examples) {
            Mapping mapping = mapper.map(example.participant(), example.at());
            if (example.mailboxId() != null) {
                Mapping.Mapped mapped = assertInstanceOf(Mapping.Mapped.class, mapping);
                assertEquals(example.mailboxId(), mapped.mailbox().id(), "id of the mailbox");
            } else {
                Class<? extends Mapping> decision =
                        example.external() ? Mapping.External.class : Mapping.Unmapped.class;
                assertInstanceOf(decision, mapping);
            }
        }
    }

    /** The decisions on the examples. */
    private List<Mapping> answers(UserMapper mapper) throws Exception {
        List<Mapping> answers = new ArrayList<>();
        for (Example example : examples()) {
            answers.add(mapper.map(example.participant(), example.at()));
        }
        return answers;
    }

    private Instant someTime() throws Exception {
        return examples().get(0).at();
    }

    /** Whether its participant has another example at another time. */
    private boolean changes(Example example) {
        return others(example).anyMatch(e -> e.participant().equals(example.participant()));
    }

    /** Whether another participant has the same mailbox. */
    private boolean isAlias(Example example) {
        return example.mailboxId() != null
                && others(example)
                        .anyMatch(e -> example.mailboxId().equals(e.mailboxId())
                                && !e.participant().equals(example.participant()));
    }

    private Stream<Example> others(Example example) {
        try {
            return examples().stream().filter(e -> !e.equals(example));
        } catch (Exception e) {
            throw new IllegalStateException("examples() failed", e);
        }
    }
}
