// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.SourceItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One conversation after the other: who says what to whom, and what happens to it afterwards. */
final class SampleTalk {

    /** What was said, and everybody who took part. */
    record Told(SourceItem item, List<SamplePerson> people) {}

    private final SplittableRandom random;
    private final SampleFirm firm;
    private final List<Told> told = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private String conversation = "";
    private long ids;
    private long conversations;
    private int pictures;

    SampleTalk(SplittableRandom random, SampleFirm firm) {
        this.random = random;
        this.firm = firm;
    }

    /** A conversation that begins at this time, in the order in which it was recorded. */
    List<Told> conversation(Instant begin) {
        told.clear();
        now = begin;
        conversation = "c-" + ++conversations;
        int number = random.nextInt(firm.people());
        SamplePerson employee = firm.employee(number);
        SamplePerson client = firm.client(number, random.nextInt(1_000));
        int dice = random.nextInt(100);
        if (dice < 40) {
            backAndForth("SMS", employee, client, random.nextInt(1, 6));
        } else if (dice < 52) {
            pictures(employee, client);
        } else if (dice < 66) {
            group(employee, client, number);
        } else if (dice < 78) {
            changed(employee, firm.people() > 1 ? colleague(number) : client);
        } else if (dice < 90) {
            call(employee, client);
        } else if (dice < 94) {
            backAndForth("SMS", employee, client, random.nextInt(12, 30)); // something is happening on the market
        } else if (dice < 97) {
            say("SMS", firm.stranger(random.nextInt(1_000)), List.of(employee), text());
        } else {
            say("SMS", client, List.of(employee), SampleTexts.lengthy(random.nextInt(2, 20)));
        }
        return List.copyOf(told);
    }

    private void backAndForth(String kind, SamplePerson employee, SamplePerson client, int messages) {
        boolean burst = messages > 6;
        SamplePerson from = random.nextBoolean() ? employee : client;
        for (int i = 0; i < messages; i++) {
            SamplePerson to = from.equals(employee) ? client : employee;
            boolean reply = i > 0 && random.nextInt(3) == 0;
            say(kind, from, List.of(to), reply ? pick(SampleTexts.REPLIES) : text());
            if (reply && random.nextInt(4) == 0) { // twice in one second: two messages, not one
                say(kind, from, List.of(to), last().item().text());
            }
            if (from.equals(employee) && random.nextInt(3) == 0) {
                receipt(last());
            }
            later(burst ? 4 : 90);
            from = random.nextInt(4) == 0 ? from : to;
        }
    }

    private void pictures(SamplePerson employee, SamplePerson client) {
        boolean inbound = random.nextBoolean();
        List<Attachment> attachments = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            attachments.add(picture());
        }
        say(
                "MMS",
                inbound ? client : employee,
                List.of(inbound ? employee : client),
                random.nextBoolean() ? text() : "",
                null,
                item -> {
                    attachments.forEach(item::attachment);
                    return item.property("mmsMessageClass", "Personal");
                });
        if (random.nextBoolean()) {
            later(60);
            say("SMS", inbound ? employee : client, List.of(inbound ? client : employee), pick(SampleTexts.REPLIES));
        }
    }

    private void group(SamplePerson employee, SamplePerson client, int number) {
        List<SamplePerson> members = new ArrayList<>(List.of(employee, client));
        for (int i = random.nextInt(0, 5); i > 0; i--) {
            add(members, colleague(number));
        }
        chat(members, employee);
        String first = last().item().sourceId();
        if (random.nextBoolean()) {
            SamplePerson joins = firm.client(number, random.nextInt(1_000));
            later(30);
            if (add(members, joins)) {
                say("JOIN", joins, others(members, joins), "", first, item -> item);
            }
        }
        for (int i = random.nextInt(2, 8); i > 0; i--) {
            later(40);
            chat(members, pick(members));
        }
        if (random.nextInt(3) == 0) {
            SamplePerson reacts = pick(members);
            String about = last().item().sourceId();
            say("REACTION", reacts, others(members, reacts), pick(SampleTexts.REACTIONS), about, item -> item);
        }
        if (random.nextInt(4) == 0) {
            later(600);
            say("LEAVE", client, others(members, client), "", first, item -> item);
        }
    }

    private void chat(List<SamplePerson> members, SamplePerson from) {
        say("CHAT", from, others(members, from), text());
    }

    /** Said to a colleague, then corrected or taken back. */
    private void changed(SamplePerson employee, SamplePerson other) {
        say("CHAT", employee, List.of(other), text());
        SourceItem first = last().item();
        later(45);
        int dice = random.nextInt(4);
        if (dice == 0) {
            say("EDIT", employee, List.of(other), first.text() + " *", first.sourceId(), item -> item);
        } else if (dice == 1) {
            say("DELETE", employee, List.of(other), "", first.sourceId(), item -> item);
        } else if (dice == 2) {
            say("REACTION", other, List.of(employee), pick(SampleTexts.REACTIONS), first.sourceId(), item -> item);
        } else {
            backAndForth("CHAT", employee, other, random.nextInt(1, 4));
        }
    }

    private void call(SamplePerson employee, SamplePerson client) {
        boolean inbound = random.nextBoolean();
        SamplePerson from = inbound ? client : employee;
        SamplePerson to = inbound ? employee : client;
        boolean missed = inbound && random.nextInt(3) == 0;
        int seconds = missed ? 0 : random.nextInt(5, 1_800);
        say(
                "CALL",
                from,
                List.of(to),
                "",
                null,
                item -> item.property("duration", Integer.toString(seconds))
                        .property("status", missed ? "missed" : "answered"));
        if (missed && random.nextBoolean()) {
            later(40);
            byte[] sound = new byte[random.nextInt(200, 900)];
            random.nextBytes(sound);
            String about = last().item().sourceId();
            say(
                    "VOICEMAIL",
                    from,
                    List.of(to),
                    random.nextBoolean() ? text() : "",
                    about,
                    item -> item.attachment(new Attachment("message.amr", "audio/amr", Content.of(sound)))
                            .property("duration", Integer.toString(random.nextInt(3, 60))));
        }
    }

    private void receipt(Told about) {
        SourceItem item = about.item();
        SamplePerson from = about.people().get(1);
        say(
                "RECEIPT",
                from,
                List.of(about.people().get(0)),
                "",
                item.sourceId(),
                receipt -> receipt.deliveredAt(item.sentAt().plusSeconds(2)).property("status", "delivered"));
    }

    private void say(String kind, SamplePerson from, List<SamplePerson> to, String text) {
        say(kind, from, to, text, null, item -> random.nextInt(3) == 0 ? item.property("carrier", "rogers") : item);
    }

    private void say(
            String kind,
            SamplePerson from,
            List<SamplePerson> to,
            String text,
            @Nullable String about,
            UnaryOperator<SourceItem.Builder> more) {
        SourceItem.Builder item = SourceItem.builder(newId(), kind, now)
                .direction(from.mailbox() == null ? Direction.INBOUND : Direction.OUTBOUND)
                .conversationId(conversation)
                .relatedId(about)
                .sender(from.as(ParticipantRole.FROM))
                .text(text);
        to.forEach(person -> item.recipient(person.as(ParticipantRole.TO)));
        if (random.nextInt(5) == 0) {
            item.receivedAt(now.plusMillis(random.nextInt(1, 3_000)));
        }
        List<SamplePerson> people = new ArrayList<>(List.of(from));
        people.addAll(to);
        told.add(new Told(more.apply(item).build(), List.copyOf(people)));
    }

    private Attachment picture() {
        String number = String.format(Locale.ROOT, "%04d", pictures++ % 10_000);
        return random.nextBoolean()
                ? new Attachment(
                        "IMG_" + number + ".png",
                        "image/png",
                        Content.of(SamplePictures.png(random.nextInt(256), random.nextInt(256), random.nextInt(256))))
                : new Attachment(
                        "IMG_" + number + ".jpg", "image/jpeg", Content.of(SamplePictures.jpeg("Picture " + number)));
    }

    private SamplePerson colleague(int number) {
        int other = random.nextInt(Math.max(1, firm.people() - 1));
        return firm.employee(other < number || firm.people() == 1 ? other : other + 1);
    }

    private static boolean add(List<SamplePerson> members, SamplePerson person) {
        return !members.contains(person) && members.add(person);
    }

    private static List<SamplePerson> others(List<SamplePerson> members, SamplePerson person) {
        return members.stream().filter(member -> !member.equals(person)).toList();
    }

    private Told last() {
        return told.get(told.size() - 1);
    }

    private void later(int seconds) {
        now = now.plusMillis(random.nextInt(1, seconds * 1_000 + 1));
    }

    private String newId() {
        return String.format(Locale.ROOT, "BAXF%014d-%d", ++ids, random.nextInt(100_000, 1_000_000));
    }

    private String text() {
        return pick(SampleTexts.SHORT);
    }

    private <T> T pick(List<T> list) {
        return Objects.requireNonNull(list.get(random.nextInt(list.size())));
    }
}
