// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.spi.UserMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The mapper contract tells a faultless mapper from broken ones. */
class UserMapperContractTest extends ContractSelfTest {

    private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATE = Instant.parse("2026-06-01T00:00:00Z");
    private static final Participant ANN = number("+12125550101");
    private static final Participant BOB = number("+12125550102");
    private static final Participant BOBS_OFFICE = number("+12125550103");
    private static final Participant MOVED = number("+12125550104");
    private static final Participant OUTSIDER = number("+12125550105");
    private static final Participant UNKNOWN = number("+12125550106");

    @Test
    void aFaultlessMapperKeepsEveryRule() {
        ContractRun run = ContractRun.of(Faultless.class);

        assertThat(run.failed()).as(run.toString()).isEmpty();
        assertThat(run.skipped()).as(run.toString()).isEmpty();
    }

    private static Participant number(String phone) {
        return Participant.ofPhone(ParticipantRole.TO, phone);
    }

    private static Mapping mailbox(String name) {
        return Mapping.to(new Mailbox(name, name + "@bank.example"), "table");
    }

    private static Mapping rightly(Participant participant, Instant at) {
        Map<Participant, Mapping> table = Map.of(
                ANN, mailbox("ann"),
                BOB, mailbox("bob"),
                BOBS_OFFICE, mailbox("bob"),
                MOVED, mailbox(at.isBefore(LATE) ? "old" : "new"),
                OUTSIDER, Mapping.external());
        return table.getOrDefault(participant, Mapping.unmapped("not in the table"));
    }

    abstract static class WithMapper extends UserMapperContract {
        @Override
        protected List<Example> examples() {
            return List.of(
                    Example.mapped(ANN, EARLY, "ann"),
                    Example.mapped(BOB, EARLY, "bob"),
                    Example.mapped(BOBS_OFFICE, EARLY, "bob"),
                    Example.mapped(MOVED, EARLY, "old"),
                    Example.mapped(MOVED, LATE, "new"),
                    Example.external(OUTSIDER, EARLY),
                    Example.unmapped(UNKNOWN, EARLY));
        }

        @Override
        protected UserMapper mapper() {
            return this::map;
        }

        Mapping map(Participant participant, Instant at) throws IOException {
            return rightly(participant, at);
        }

        @Override
        protected UserMapper mapperWithoutDirectory() {
            return (participant, at) -> {
                throw new IOException("no answer");
            };
        }
    }

    static class Faultless extends WithMapper {}

    /** Differs for one participant. */
    abstract static class WithOneError extends WithMapper {
        private final Participant participant;
        private final Mapping error;

        WithOneError(Participant participant, Mapping error) {
            this.participant = participant;
            this.error = error;
        }

        @Override
        Mapping map(Participant asked, Instant at) throws IOException {
            return asked.equals(participant) ? error : super.map(asked, at);
        }
    }

    @Breaks("mapper.1")
    static class FailsOnHostileNumbers extends WithMapper {
        @Override
        Mapping map(Participant participant, Instant at) throws IOException {
            String phone = participant.phone();
            if (phone != null && !phone.startsWith("+")) {
                throw new NumberFormatException("not a number");
            }
            return super.map(participant, at);
        }
    }

    @Breaks("mapper.1")
    static class AnswersNullWithoutNumber extends WithMapper {
        @Override
        Mapping map(Participant participant, Instant at) throws IOException {
            return participant.phone() == null ? nothing() : super.map(participant, at);
        }

        private static Mapping nothing() {
            return Map.<String, Mapping>of().get("nothing");
        }
    }

    @Breaks("mapper.2")
    static class AnswersTheEighthQuestionOtherwise extends WithMapper {
        @Override
        protected UserMapper mapper() {
            return new UserMapper() {
                private final Thread first = Thread.currentThread();
                private int asked;

                @Override
                public Mapping map(Participant participant, Instant at) {
                    Mapping right = rightly(participant, at);
                    return Thread.currentThread() == first && ++asked == 8 && right instanceof Mapping.Mapped mapped
                            ? Mapping.to(mapped.mailbox(), "asked again")
                            : right;
                }
            };
        }
    }

    @Breaks("mapper.3")
    static class TakesTheDefaultLocale extends WithMapper {
        @Override
        Mapping map(Participant participant, Instant at) throws IOException {
            Mapping right = super.map(participant, at);
            return right instanceof Mapping.Unmapped
                    ? Mapping.unmapped("in " + Locale.getDefault().toLanguageTag())
                    : right;
        }
    }

    @Breaks("mapper.4")
    static class WorksInOneThreadOnly extends WithMapper {
        private final Thread first = Thread.currentThread();

        @Override
        Mapping map(Participant participant, Instant at) throws IOException {
            return Thread.currentThread() == first ? super.map(participant, at) : Mapping.external();
        }
    }

    @Breaks("mapper.5")
    static class MapsToAnotherMailbox extends WithOneError {
        MapsToAnotherMailbox() {
            super(ANN, mailbox("somebody"));
        }
    }

    @Breaks("mapper.6")
    static class TakesAnOutsiderForUnmapped extends WithOneError {
        TakesAnOutsiderForUnmapped() {
            super(OUTSIDER, Mapping.unmapped("nowhere"));
        }
    }

    @Breaks("mapper.7")
    static class TakesTheUnknownForAnOutsider extends WithOneError {
        TakesTheUnknownForAnOutsider() {
            super(UNKNOWN, Mapping.external());
        }
    }

    @Breaks("mapper.8")
    static class IgnoresTheTime extends WithOneError {
        IgnoresTheTime() {
            super(MOVED, mailbox("new"));
        }
    }

    @Breaks("mapper.9")
    static class MakesAnAliasAMailbox extends WithOneError {
        MakesAnAliasAMailbox() {
            super(BOBS_OFFICE, mailbox("bobs-office"));
        }
    }

    @Breaks("mapper.10")
    static class NamesNoPlainAddress extends WithOneError {
        NamesNoPlainAddress() {
            super(ANN, Mapping.to(new Mailbox("ann", "Ann <ann@bank.example>"), "table"));
        }
    }

    @Breaks("mapper.11")
    static class ShowsTheNumberInTheReason extends WithOneError {
        ShowsTheNumberInTheReason() {
            super(UNKNOWN, Mapping.unmapped("nobody has " + Objects.requireNonNull(UNKNOWN.phone())));
        }
    }

    @Breaks("mapper.12")
    static class TakesSilenceForUnmapped extends WithMapper {
        @Override
        protected UserMapper mapperWithoutDirectory() {
            return (participant, at) -> Mapping.unmapped("not found");
        }
    }

    @Breaks("mapper.13")
    static class AsksTheNextMapperForOutsidersToo extends WithMapper {
        @Override
        protected UserMapper mapper() {
            return new UserMapper() {
                @Override
                public Mapping map(Participant participant, Instant at) {
                    return rightly(participant, at);
                }

                @Override
                public UserMapper orElse(UserMapper next) {
                    return (participant, at) -> rightly(participant, at) instanceof Mapping.Mapped mapped
                            ? mapped
                            : next.map(participant, at);
                }
            };
        }
    }
}
