// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.source.JsonRecordParser;
import io.github.celltrustarchive.spi.RecordException;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleDaysTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void eachLineMeansItsItemAndBrokenOnesMeanNothing(long seed) throws IOException {
        SampleDays days = SampleDays.builder(seed).brokenPerThousand(30).build();
        Set<ItemKey> known = new HashSet<>();
        long held = 0;
        long replays = 0;

        for (SampleRecord record : days.records().toList()) {
            if (record.item() == null) {
                held++;
                assertThatThrownBy(() -> JsonRecordParser.ofDefaults().parse(record.raw()))
                        .isInstanceOf(RecordException.class);
            } else {
                ItemKey key = ItemKey.of("sample", record.item());
                assertThat(ItemKey.of("sample", JsonRecordParser.ofDefaults().parse(record.raw())))
                        .as(record.toString())
                        .isEqualTo(key);
                assertThat(known.add(key)).as(record.toString()).isNotEqualTo(record.replay());
                replays += record.replay() ? 1 : 0;
            }
        }

        SampleDaysExpectation expected = days.expectation();
        assertThat(held).isEqualTo(expected.held()).isPositive();
        assertThat(replays).isEqualTo(expected.replays()).isPositive();
        assertThat(known).hasSize((int) expected.items());
        assertThat(expected.records()).isEqualTo(expected.items() + held + replays);
        assertThat(expected.revisions()).isPositive();
        assertThat(expected.unmappedUsers()).isPositive();
        assertThat(expected.totals().addsUp()).isTrue();
        assertThat(expected.counts().addsUp()).isTrue();
    }

    @Test
    void daysLookLikeDays() {
        SampleDays days = SampleDays.builder(7).people(60).days(7).build();
        Map<String, Integer> kinds = new TreeMap<>();
        Map<LocalDate, Integer> perDay = new TreeMap<>();
        int atNight = 0;
        int late = 0;
        int twice = 0;
        int messages = 0;
        SourceItem before = null;

        for (SampleRecord record : days.records().toList()) {
            SourceItem item = record.item();
            perDay.merge(record.day(), 1, Integer::sum);
            if (item == null || record.replay()) {
                continue;
            }
            kinds.merge(item.kind(), 1, Integer::sum);
            int hour = item.sentAt().atZone(NEW_YORK).getHour();
            atNight += hour < 6 || hour > 21 ? 1 : 0;
            late += item.sentAt().atZone(NEW_YORK).toLocalDate().isBefore(record.day()) ? 1 : 0;
            twice += before != null && saysTheSameAtOnce(before, item) ? 1 : 0;
            messages++;
            before = item;
        }

        assertThat(kinds.keySet())
                .contains("SMS", "MMS", "CHAT", "CALL", "VOICEMAIL", "RECEIPT", "EDIT", "DELETE", "REACTION")
                .contains("JOIN", "LEAVE");
        assertThat(perDay).hasSize(7);
        assertThat(perDay.get(LocalDate.of(2026, 3, 7))).isLessThan(perDay.get(LocalDate.of(2026, 3, 6)) / 5);
        assertThat(atNight).isLessThan(messages / 50);
        assertThat(late).isPositive();
        assertThat(twice).isPositive();
    }

    private static boolean saysTheSameAtOnce(SourceItem before, SourceItem item) {
        return item.text().equals(before.text())
                && item.sender().equals(before.sender())
                && item.sentAt().equals(before.sentAt())
                && !item.sourceId().equals(before.sourceId());
    }

    @Test
    void whatAnEventIsAboutWasSaidBefore() {
        Set<String> ids = new HashSet<>();
        List<String> about = new ArrayList<>();
        SampleDays days = SampleDays.builder(3).brokenPerThousand(0).build();

        days.records().map(SampleRecord::item).forEach(item -> {
            if (item.relatedId() != null) {
                about.add(item.relatedId());
                assertThat(ids).contains(item.relatedId());
            }
            ids.add(item.sourceId());
        });

        assertThat(about).hasSizeGreaterThan(50);
    }

    @Test
    void theSameSettingsGiveTheSameRecordsAndAnotherSeedOthers() {
        List<SampleRecord> first = fields(SampleDays.builder(5));

        assertThat(fields(SampleDays.builder(5))).isEqualTo(first);
        assertThat(fields(SampleDays.builder(6))).isNotEqualTo(first);
    }

    /** Without the items, whose contents are equal only to themselves. */
    private static List<SampleRecord> fields(SampleDays.Builder days) {
        return days.build()
                .records()
                .map(r -> new SampleRecord(r.number(), r.day(), r.line(), null, r.replay()))
                .toList();
    }

    @Test
    void theSourceGivesTheSameFromAnyCheckpoint() throws Exception {
        SampleDays days = SampleDays.builder(5).people(3).maxRecords(200).build();
        List<String> lines =
                days.records().map(record -> record.raw().locator()).toList();
        assertThat(lines).hasSize(200);

        try (SourceAdapter source = days.source()) {
            for (int from : new int[] {0, 150, 151, 20, 200}) {
                Checkpoint after = from == 0 ? Checkpoint.START : new Checkpoint(Integer.toString(from));
                SourcePage page = source.read(after, 40);
                List<String> expected = lines.subList(from, Math.min(200, from + 40));
                assertThat(page.records().stream().map(RawRecord::locator)).isEqualTo(expected);
                assertThat(page.more()).isEqualTo(from + 40 < 200);
            }
        }
    }

    @Test
    void eachDayHasItsFile() throws IOException {
        SampleDays days = SampleDays.builder(5).people(10).days(3).build();

        SampleDaysExpectation expected = days.writeTo(folder);

        assertThat(expected).isEqualTo(days.expectation());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("2026-03-02.jsonl", "2026-03-03.jsonl", "2026-03-04.jsonl", "users.csv");
        }
        Map<String, List<String>> lines = days.records()
                .collect(Collectors.groupingBy(
                        record -> record.day() + ".jsonl",
                        Collectors.mapping(SampleRecord::line, Collectors.toList())));
        for (Map.Entry<String, List<String>> day : lines.entrySet()) {
            assertThat(Files.readAllLines(folder.resolve(day.getKey()))).isEqualTo(day.getValue());
        }
    }

    @Test
    void aFirmOfOneAndAFirmOfThousandsWriteToo() {
        assertThat(SampleDays.builder(1).people(1).build().expectation().deliveries())
                .hasSize(1);
        assertThat(SampleDays.builder(1)
                        .people(SampleDays.MAX_PEOPLE)
                        .days(1)
                        .build()
                        .expectation()
                        .deliveries())
                .hasSizeGreaterThan(3_900);
    }

    @Test
    void settingsOutOfBoundsAreRefused() {
        SampleDays.Builder days = SampleDays.builder(1);

        assertThatIllegalArgumentException().isThrownBy(() -> days.people(0));
        assertThatIllegalArgumentException().isThrownBy(() -> days.people(SampleDays.MAX_PEOPLE + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> days.days(0));
        assertThatIllegalArgumentException().isThrownBy(() -> days.conversationsPerDay(0));
        assertThatIllegalArgumentException().isThrownBy(() -> days.brokenPerThousand(1_001));
        assertThatIllegalArgumentException().isThrownBy(() -> days.maxRecords(0));
        assertThatIllegalArgumentException().isThrownBy(() -> days.start(LocalDate.of(1899, 1, 1)));
    }

    @Test
    @Tag("ci")
    void memoryDoesNotGrowWithTheRecords() {
        Iterator<SampleRecord> records = SampleDays.builder(1)
                .people(2_000)
                .days(3_000)
                .maxRecords(1_000_000)
                .build()
                .records()
                .iterator();
        long after = 0;
        for (int i = 1; i <= 1_000_000; i++) {
            assertThat(records.next().number()).isEqualTo(i);
            if (i == 200_000) {
                after = usedMemory();
            }
        }

        assertThat(records).isExhausted();
        assertThat(usedMemory()).isLessThan(after + (8 << 20));
    }

    private static long usedMemory() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
