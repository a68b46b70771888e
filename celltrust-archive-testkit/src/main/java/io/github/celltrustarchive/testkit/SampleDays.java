// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.spi.SourceAdapter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Days of a firm's messages as they really look, of any length, and what an archive must hold of them in the end.
 *
 * <p>People write in working hours and hardly at weekends, one to one, in groups and in bursts; they answer {@code Ok} twice
 * in one second, send pictures, call, leave voicemail, edit, take back, react, join and leave. The export gives some records
 * again (some of them spelled differently), some ids with another content, some messages days late, numbers that nobody
 * knows, and a few records that are broken. For a small export that has everything, also attachment files of their own, see
 * {@link SampleData}.
 *
 * <pre>{@code
 * SampleDays days = SampleDays.builder(42).people(50).days(7).build();
 * Files.writeString(users, days.userTable());
 * RunReport report = pipeline(days.source(), users).run();
 * assertThat(report.counts()).isEqualTo(days.expectation().counts());
 * }</pre>
 *
 * <p>The same settings give the same records on every machine; a later version of the test kit may give others. Records are
 * made when they are asked for, and memory doesn't grow with their number. Names, numbers and domains are fictional.
 * Immutable: may be used by several threads at once.
 */
public final class SampleDays {

    /** As many people as there are fictional numbers for. */
    public static final int MAX_PEOPLE = SampleFirm.MAX_PEOPLE;

    private final long seed;
    private final int people;
    private final int conversations;
    private final LocalDate start;
    private final int days;
    private final ZoneId zone;
    private final int brokenPerThousand;
    private final long maxRecords;

    private SampleDays(Builder builder) {
        this.seed = builder.seed;
        this.people = builder.people;
        this.conversations = builder.conversations;
        this.start = builder.start;
        this.days = builder.days;
        this.zone = builder.zone;
        this.brokenPerThousand = builder.brokenPerThousand;
        this.maxRecords = builder.maxRecords;
    }

    /** Starts with a week of twenty people. Equal seeds and settings give equal days. */
    public static Builder builder(long seed) {
        return new Builder(seed);
    }

    /** All records in the order of the export, which is not quite that in which they were sent. Each stream begins anew. */
    public Stream<SampleRecord> records() {
        int ordered = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), ordered), false);
    }

    /** The user mapping file, for {@code CsvUserMapper}: whoever can't be found by an address in an owned domain. */
    public String userTable() {
        return new SampleFirm(people).table();
    }

    /** What must come out. Makes up all records to count them, about 100,000 in a second. */
    public SampleDaysExpectation expectation() {
        SampleRecords records = iterator();
        records.forEachRemaining(record -> {});
        return records.expectation();
    }

    /**
     * A source of these records, read by the project's own parser. Its checkpoint is the number of records read; reading on
     * costs nothing, another checkpoint makes it begin anew. One thread at a time may read.
     */
    public SourceAdapter source() {
        return new SampleDaysSource(this);
    }

    /**
     * Writes one file of JSON Lines for each day, such as {@code 2026-03-02.jsonl}, and {@code users.csv}, replacing what
     * is there under these names.
     *
     * @param folder made if need be
     * @return what must come out
     */
    public SampleDaysExpectation writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("users.csv"), userTable());
        SampleRecords records = iterator();
        SampleRecord record = records.hasNext() ? records.next() : null;
        while (record != null) {
            record = writeDay(folder, record, records);
        }
        return records.expectation();
    }

    /** Returns the first record of the next day. */
    private static @Nullable SampleRecord writeDay(Path folder, SampleRecord first, Iterator<SampleRecord> records)
            throws IOException {
        try (BufferedWriter file = Files.newBufferedWriter(folder.resolve(first.day() + ".jsonl"))) {
            SampleRecord record = first;
            while (record != null && record.day().equals(first.day())) {
                file.write(record.line());
                file.write('\n');
                record = records.hasNext() ? records.next() : null;
            }
            return record;
        }
    }

    SampleRecords iterator() {
        return new SampleRecords(this);
    }

    long seed() {
        return seed;
    }

    int people() {
        return people;
    }

    int conversations() {
        return conversations;
    }

    LocalDate start() {
        return start;
    }

    int days() {
        return days;
    }

    ZoneId zone() {
        return zone;
    }

    int brokenPerThousand() {
        return brokenPerThousand;
    }

    long maxRecords() {
        return maxRecords;
    }

    /** Settings of {@link SampleDays}. Not thread-safe. */
    public static final class Builder {
        private final long seed;
        private int people = 20;
        private int conversations = 8;
        private LocalDate start = LocalDate.of(2026, 3, 2);
        private int days = 7;
        private ZoneId zone = ZoneId.of("America/New_York");
        private int brokenPerThousand = 5;
        private long maxRecords = Long.MAX_VALUE;

        private Builder(long seed) {
            this.seed = seed;
        }

        /** How many employees there are, 1 to {@value SampleDays#MAX_PEOPLE}; 20 by default. */
        public Builder people(int value) {
            people = between("people", value, 1, MAX_PEOPLE);
            return this;
        }

        /** How many conversations each begins on a working day, of about four records each; 1 to 1,000, 8 by default. */
        public Builder conversationsPerDay(int value) {
            conversations = between("conversationsPerDay", value, 1, 1_000);
            return this;
        }

        /** The first day; Monday, 2 March 2026 by default. The years 1901 to 9990. */
        public Builder start(LocalDate value) {
            between("the year of start", value.getYear(), 1901, 9990);
            start = value;
            return this;
        }

        /** How many days, weekends included; 1 to 3,000, 7 by default. */
        public Builder days(int value) {
            days = between("days", value, 1, 3_000);
            return this;
        }

        /** Where the working hours are, and in whose offset times are written; America/New_York by default. */
        public Builder zone(ZoneId value) {
            zone = Objects.requireNonNull(value, "value");
            return this;
        }

        /** How many of a thousand records are broken; 0 to 1,000, 5 by default. */
        public Builder brokenPerThousand(int value) {
            brokenPerThousand = between("brokenPerThousand", value, 0, 1_000);
            return this;
        }

        /** The export ends behind this many records, even if the days aren't over; 1 or more, no limit by default. */
        public Builder maxRecords(long value) {
            if (value < 1) {
                throw new IllegalArgumentException("maxRecords must be 1 or more");
            }
            maxRecords = value;
            return this;
        }

        /** The days. */
        public SampleDays build() {
            return new SampleDays(this);
        }

        private static int between(String what, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(what + " must be " + least + " to " + most + ", not " + value);
            }
            return value;
        }
    }
}
