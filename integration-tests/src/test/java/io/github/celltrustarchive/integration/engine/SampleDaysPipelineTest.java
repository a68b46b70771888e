// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.mapping.CsvUserMapper;
import io.github.celltrustarchive.mapping.EmailUserMapper;
import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.testkit.InMemorySink;
import io.github.celltrustarchive.testkit.InMemorySink.StoredMessage;
import io.github.celltrustarchive.testkit.SampleData;
import io.github.celltrustarchive.testkit.SampleDays;
import io.github.celltrustarchive.testkit.SampleDaysExpectation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Days of a firm's messages come out of the whole pipeline exactly as they must. */
class SampleDaysPipelineTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20_260_302, -7})
    void whatIsInTheMailboxesIsWhatTheDaysSay(long seed) throws Exception {
        SampleDays days =
                SampleDays.builder(seed).people(6).days(2).brokenPerThousand(20).build();

        check(days.source(), days, days.expectation());
    }

    @Test
    void theSameHoldsOfTheFilesThatTheyAreWrittenTo() throws Exception {
        SampleDays days = SampleDays.builder(4).people(4).days(2).build();
        Path exports = folder.resolve("exports");
        SampleDaysExpectation expected = days.writeTo(exports);

        check(JsonLinesSource.of(exports), days, expected);
    }

    private void check(SourceAdapter source, SampleDays days, SampleDaysExpectation expected) throws Exception {
        EngineFixture world = new EngineFixture(folder);
        Path users = Files.writeString(folder.resolve("users.csv"), days.userTable());
        InMemorySink sink = new InMemorySink(world.clock);
        try (ArchivePipeline pipeline = pipeline(world, source, users, sink)) {
            assertThat(pipeline.run().counts()).isEqualTo(expected.counts());
        }
        assertThat(deliveries(sink)).isEqualTo(expected.deliveries());
        assertThat(world.verifiedTotals()).isEqualTo(expected.totals());
    }

    private static ArchivePipeline pipeline(EngineFixture world, SourceAdapter source, Path users, InMemorySink sink)
            throws IOException {
        return world.pipeline(sink)
                .source(source)
                .mapper(CsvUserMapper.load(users).orElse(new EmailUserMapper(SampleData.OWNED_DOMAINS)))
                .build();
    }

    /** How many different messages each mailbox holds. */
    private static SortedMap<String, Long> deliveries(InMemorySink sink) {
        SortedMap<String, Long> deliveries = new TreeMap<>();
        for (String mailbox : sink.mailboxIds()) {
            assertThat(sink.messages(mailbox).stream().map(StoredMessage::key)).doesNotHaveDuplicates();
            deliveries.put(mailbox, (long) sink.messages(mailbox).size());
        }
        return deliveries;
    }
}
