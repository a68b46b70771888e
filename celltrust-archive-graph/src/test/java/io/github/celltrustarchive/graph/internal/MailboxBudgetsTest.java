// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailboxBudgetsTest {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    private final ManualClock clock = new ManualClock(START);
    private final MailboxBudgets budgets = new MailboxBudgets(
            new MailboxBudgets.Limits(100, Duration.ofMinutes(10), 1_000, Duration.ofMinutes(5)), clock);

    @Test
    void theRequestAfterTheLastAllowedOneWaitsForTheFirstToLeaveTheWindow() {
        for (int i = 0; i < 100; i++) {
            assertThat(budgets.take("m", 0)).isEmpty();
        }

        Optional<Instant> wait = budgets.take("m", 0);

        assertThat(wait).isPresent();
        assertThat(wait.get()).isBetween(START.plusSeconds(600), START.plusSeconds(606));
        clock.set(wait.get());
        assertThat(budgets.take("m", 0)).isEmpty();
    }

    @Test
    void mailboxesDoNotShareABudget() {
        for (int i = 0; i < 100; i++) {
            budgets.take("m", 0);
        }

        assertThat(budgets.take("other", 0)).isEmpty();
    }

    @Test
    void bytesCountInTheirOwnWindow() {
        assertThat(budgets.take("m", 900)).isEmpty();

        assertThat(budgets.take("m", 200))
                .hasValueSatisfying(at -> assertThat(at).isBetween(START.plusSeconds(300), START.plusSeconds(303)));
        assertThat(budgets.take("m", 100)).isEmpty();
    }

    @Test
    void aRequestLargerThanTheWholeBudgetGoesThroughAlone() {
        assertThat(budgets.take("m", 5_000)).isEmpty();
        assertThat(budgets.take("m", 1)).isPresent();
    }

    @Test
    void aPauseHoldsForTheWholeMailboxAndIsNeverShortened() {
        budgets.pause("m", START.plusSeconds(60));
        budgets.pause("m", START.plusSeconds(10));

        assertThat(budgets.take("m", 0)).contains(START.plusSeconds(60));
        clock.set(START.plusSeconds(60));
        assertThat(budgets.take("m", 0)).isEmpty();
    }

    @Test
    void mailboxesThatHaveHadNothingForAWhileTakeNoMemory() {
        for (int i = 0; i < 10_000; i++) {
            budgets.take("m" + i, 10);
        }
        clock.advance(Duration.ofMinutes(21));

        budgets.take("m", 0);

        assertThat(budgets.size()).isEqualTo(1);
    }

    @Test
    void aMailboxThatIsPausedIsNotForgotten() {
        budgets.pause("m", START.plus(Duration.ofMinutes(50)));
        clock.advance(Duration.ofMinutes(21));
        budgets.take("other", 0);

        assertThat(budgets.take("m", 0)).contains(START.plus(Duration.ofMinutes(50)));
    }

    @Test
    void aClockThatWasAYearAheadForAMomentBlocksNoMailboxForAYear() {
        clock.advance(Duration.ofDays(365));
        budgets.pause("paused", clock.instant().plusSeconds(60));
        for (int i = 0; i < 100; i++) {
            budgets.take("busy", 10);
        }
        clock.set(START);

        assertThat(budgets.take("paused", 0)).isEmpty();
        assertThat(budgets.take("busy", 0)).isEmpty();
    }

    @Test
    void aClockThatIsSetBackALittleHoldsNoMailboxLongerThanThat() {
        for (int i = 0; i < 100; i++) {
            budgets.take("m", 0);
        }
        clock.set(START.minusSeconds(2));

        assertThat(budgets.take("m", 0))
                .hasValueSatisfying(at -> assertThat(at).isBetween(START.plusSeconds(600), START.plusSeconds(606)));
    }

    @Test
    void inADayNineTenthsOfTheAllowedRateAreReachedAndItIsNeverExceeded() {
        int taken = 0;
        Instant end = START.plus(Duration.ofDays(1));
        while (clock.instant().isBefore(end)) {
            Optional<Instant> wait = budgets.take("m", 0);
            if (wait.isPresent()) {
                clock.set(wait.get());
            } else {
                taken++;
            }
        }

        assertThat(taken).isBetween(14_400 * 9 / 10, 14_400 + 100);
    }
}
