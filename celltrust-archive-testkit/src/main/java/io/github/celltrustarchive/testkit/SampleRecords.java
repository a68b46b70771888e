// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.model.SourceItem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The records of {@link SampleDays} one after the other, with what goes wrong in an export; counts what must come out. */
final class SampleRecords implements Iterator<SampleRecord> {

    /** How many of the last records may come again or be revised: memory doesn't grow with the days. */
    private static final int REMEMBERED = 64;

    private final SampleDays days;
    private final SplittableRandom random;
    private final SampleHours hours;
    private final SampleTalk talk;
    private final SampleLines lines;
    private final Deque<SampleTalk.Told> told = new ArrayDeque<>();
    private final List<SampleTalk.Told> remembered = new ArrayList<>();
    private LocalDate day;
    private boolean over;

    private long number;
    private long items;
    private long replays;
    private long revisions;
    private long held;
    private long unmappedItems;
    private final Set<SamplePerson> unmappedUsers = new HashSet<>();
    private final TreeMap<String, Long> deliveries = new TreeMap<>();

    SampleRecords(SampleDays days) {
        SplittableRandom seeded = new SplittableRandom(days.seed());
        SampleFirm firm = new SampleFirm(days.people());
        this.days = days;
        this.hours = new SampleHours(
                seeded.split(), (double) days.people() * days.conversations(), days.start(), days.days(), days.zone());
        this.talk = new SampleTalk(seeded.split(), firm);
        this.lines = new SampleLines(days.zone());
        this.random = seeded.split();
        this.day = days.start();
    }

    /** Of the records given so far. */
    SampleDaysExpectation expectation() {
        return new SampleDaysExpectation(
                number, items, replays, revisions, held, unmappedItems, unmappedUsers.size(), deliveries);
    }

    @Override
    public boolean hasNext() {
        while (told.isEmpty() && !over && number < days.maxRecords()) {
            Instant begin = hours.next();
            over = begin == null;
            if (begin != null) {
                day = hours.day();
                told.addAll(talk.conversation(begin));
            }
        }
        return !told.isEmpty() && number < days.maxRecords();
    }

    @Override
    public SampleRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the days are over");
        }
        int dice = random.nextInt(1_000);
        if (dice < days.brokenPerThousand()) {
            return broken();
        }
        int trouble = random.nextInt(1_000);
        SampleTalk.Told earlier = remembered.isEmpty() ? null : remembered.get(random.nextInt(remembered.size()));
        if (trouble < 20 && earlier != null) {
            replays++;
            String line = trouble < 5 ? lines.respelled(earlier.item()) : lines.line(earlier.item());
            return record(line, earlier.item(), true);
        } else if (trouble < 26 && earlier != null) {
            revisions++;
            return item(revised(earlier));
        }
        SampleTalk.Told next = told.remove();
        return item(trouble < 36 ? late(next) : next);
    }

    private SampleRecord item(SampleTalk.Told next) {
        count(next.people());
        if (remembered.size() < REMEMBERED) {
            remembered.add(next);
        } else {
            remembered.set(random.nextInt(REMEMBERED), next);
        }
        return record(lines.line(next.item()), next.item(), false);
    }

    private SampleRecord record(String line, @Nullable SourceItem item, boolean replay) {
        return new SampleRecord(++number, day, line, item, replay);
    }

    /** Nobody can say what it means: cut off, without what every record needs, or with a time that is none. */
    private SampleRecord broken() {
        held++;
        String line = lines.line(told.remove().item());
        return switch (random.nextInt(3)) {
            case 0 -> {
                int cut = line.length() * 2 / 3;
                boolean pair = Character.isHighSurrogate(line.charAt(cut - 1));
                yield record(line.substring(0, pair ? cut - 1 : cut), null, false);
            }
            case 1 -> record(line.replaceFirst("\"kind\":\"\\w+\",", ""), null, false);
            default -> record(line.replaceFirst("\"sent\":\"[^\"]+\"", "\"sent\":\"yesterday\""), null, false);
        };
    }

    /** The same id with another text, unlike any before it. */
    private SampleTalk.Told revised(SampleTalk.Told earlier) {
        SourceItem item = earlier.item();
        SourceItem revised = copy(item, item.sentAt())
                .text(item.text() + " (" + revisions + ")")
                .build();
        return new SampleTalk.Told(revised, earlier.people());
    }

    /** Sent while the phone was offline, up to three days before. */
    private SampleTalk.Told late(SampleTalk.Told next) {
        SourceItem item = next.item();
        Instant sent = item.sentAt().minus(Duration.ofMinutes(random.nextInt(1, 3 * 24 * 60)));
        return new SampleTalk.Told(copy(item, sent).receivedAt(item.sentAt()).build(), next.people());
    }

    private static SourceItem.Builder copy(SourceItem item, Instant sentAt) {
        SourceItem.Builder copy = SourceItem.builder(item.sourceId(), item.kind(), sentAt)
                .direction(item.direction())
                .receivedAt(item.receivedAt())
                .deliveredAt(item.deliveredAt())
                .readAt(item.readAt())
                .conversationId(item.conversationId())
                .relatedId(item.relatedId())
                .sender(item.sender())
                .text(item.text());
        item.recipients().forEach(copy::recipient);
        item.attachments().forEach(copy::attachment);
        item.properties().forEach(copy::property);
        return copy;
    }

    private void count(List<SamplePerson> people) {
        items++;
        Set<String> mailboxes = new HashSet<>();
        boolean unmapped = false;
        for (SamplePerson person : people) {
            if (person.mailbox() != null) {
                mailboxes.add(person.mailbox());
            }
            if (person.unmappable()) {
                unmapped = true;
                unmappedUsers.add(person);
            }
        }
        unmappedItems += unmapped ? 1 : 0;
        mailboxes.forEach(mailbox -> deliveries.merge(mailbox, 1L, Long::sum));
    }
}
