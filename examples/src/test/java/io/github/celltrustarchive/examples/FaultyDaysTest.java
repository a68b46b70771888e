// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.mapping.CsvUserMapper;
import io.github.celltrustarchive.mapping.EmailUserMapper;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.testkit.FaultPlan;
import io.github.celltrustarchive.testkit.FaultySink;
import io.github.celltrustarchive.testkit.InMemorySink;
import io.github.celltrustarchive.testkit.InMemoryStager;
import io.github.celltrustarchive.testkit.ManualClock;
import io.github.celltrustarchive.testkit.ManualSleeper;
import io.github.celltrustarchive.testkit.SampleData;
import io.github.celltrustarchive.testkit.SampleDays;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline as a host would test it: days of messages, and a server that isn't always there. */
class FaultyDaysTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-09T02:00:00Z"));
    private final InMemorySink mailboxes = new InMemorySink(clock);
    private final ConnectorProfile profile = ConnectorProfile.builder("days")
            .ownedDomains(SampleData.OWNED_DOMAINS)
            .build();

    @TempDir
    Path folder;

    @Test
    void everyMessageArrivesOnceThoughTheServerIsBusyAndAnAnswerGetsLost() throws Exception {
        // README begin
        SampleDays days = SampleDays.builder(42).people(10).days(2).build();
        Path users = Files.writeString(folder.resolve("users.csv"), days.userTable());
        FaultPlan faults = FaultPlan.of("deliver").loseAnswerAt(3).failAt(5, ArchiveException.retry("busy", null));
        try (Ledger ledger = JdbcLedger.sqlite(folder.resolve("ledger.db"), new DiskStorage(), clock);
                ArchivePipeline pipeline = ArchivePipeline.builder(profile)
                        .source(days.source())
                        .mapper(CsvUserMapper.load(users).orElse(new EmailUserMapper(SampleData.OWNED_DOMAINS)))
                        .stager(new InMemoryStager())
                        .sink(new FaultySink(mailboxes, faults))
                        .ledger(ledger)
                        .clock(clock)
                        .sleeper(new ManualSleeper(clock)) // nobody waits for a settle time
                        .build()) {
            assertThat(pipeline.run().counts().imported())
                    .isEqualTo(days.expectation().allDeliveries());
        }
        // README end
        long written = mailboxes.mailboxIds().stream()
                .mapToLong(mailbox -> mailboxes.messages(mailbox).size())
                .sum();
        assertThat(written).isEqualTo(days.expectation().allDeliveries());
    }
}
