// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes up one record after the other, and counts what must become of them. */
final class SampleStory {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

    private final SplittableRandom random;
    private final Path media;
    private ZonedDateTime now = ZonedDateTime.of(2026, 3, 2, 8, 0, 0, 0, ZoneId.of("America/New_York"));

    private @Nullable Message last;
    private int lines;
    private int ids;
    private int pictures;
    private int replays;
    private int revisions;
    private int malformed;
    private int deliveries;
    private final Set<String> mailboxes = new HashSet<>();
    private final Set<SamplePerson> unmappable = new HashSet<>();

    /** A message that others can be about. */
    private record Message(
            String id, String kind, SamplePerson from, List<SamplePerson> to, String sent, String text, String line) {}

    SampleStory(long seed, Path media) {
        this.random = new SplittableRandom(seed);
        this.media = media;
    }

    SampleExpectation expectation() {
        return new SampleExpectation(
                lines, replays, revisions, malformed, mailboxes.size(), unmappable.size(), deliveries);
    }

    String nextLine() throws IOException {
        int place = lines++ % 50;
        Message about = last;
        if (about != null && place == 17) {
            replays++;
            return about.line();
        }
        if (about != null && place == 29) {
            revisions++;
            return message(about.id(), about.kind(), about.from(), about.to(), about.text() + " (again)", "");
        }
        if (about != null && place == 41) {
            malformed++;
            int cut = about.line().length() * 2 / 3;
            return about.line()
                    .substring(0, Character.isHighSurrogate(about.line().charAt(cut - 1)) ? cut - 1 : cut);
        }
        tick();
        if (place == 5 || place == 6) {
            SamplePerson nobody = SamplePerson.NOBODY.get(place - 5);
            return message(newId(), "SMS", nobody, List.of(SamplePerson.STAFF.get(place)), text(), "");
        }
        if (place == 11) { // one person under two addresses
            List<SamplePerson> staff = SamplePerson.STAFF;
            return message(newId(), "CHAT", staff.get(0), staff.subList(8, 10), text(), "");
        }
        return everyday(random.nextInt(100), about);
    }

    private String everyday(int dice, @Nullable Message about) throws IOException {
        SamplePerson employee = pick(SamplePerson.STAFF);
        SamplePerson customer = pick(SamplePerson.OUTSIDERS);
        boolean inbound = random.nextBoolean();
        SamplePerson from = inbound ? customer : employee;
        List<SamplePerson> to = List.of(inbound ? employee : customer);
        if (about != null && dice < 12) {
            return event("RECEIPT", about.to().get(0), List.of(about.from()), about);
        } else if (about != null && dice < 15) {
            return event("EDIT", about.from(), about.to(), about);
        } else if (dice < 22) {
            String call = new SampleJson()
                    .field("duration", Integer.toString(random.nextInt(5, 900)))
                    .object();
            return message(newId(), "CALL", from, to, "", call);
        } else if (dice < 36) {
            return message(newId(), "MMS", from, to, random.nextBoolean() ? text() : "", "");
        } else if (dice < 50) {
            return message(newId(), "CHAT", employee, group(employee, customer), text(), "");
        }
        return message(
                newId(),
                "SMS",
                from,
                to,
                text(),
                new SampleJson().field("carrier", "rogers").object());
    }

    private String message(
            String id, String kind, SamplePerson from, List<SamplePerson> to, String text, String properties)
            throws IOException {
        String sent = TIME.format(now);
        SampleJson json = new SampleJson()
                .field("id", id)
                .field("kind", kind)
                .field("direction", SamplePerson.OUTSIDERS.contains(from) ? "inbound" : "outbound")
                .field("sent", sent)
                .field("conversation", conversation(from, to))
                .participant("from", from)
                .participants("to", to)
                .field("text", text);
        if (kind.equals("MMS")) {
            json.raw("attachments", "[" + attachment() + "]");
        }
        if (!properties.isEmpty()) {
            json.raw("properties", properties);
        }
        String line = json.object();
        last = new Message(id, kind, from, to, sent, text, line);
        count(from, to);
        return line;
    }

    private String event(String kind, SamplePerson from, List<SamplePerson> to, Message about) {
        SampleJson json = new SampleJson()
                .field("id", newId())
                .field("kind", kind)
                .field("sent", TIME.format(now))
                .field("conversation", conversation(about.from(), about.to()))
                .field("about", about.id())
                .participant("from", from)
                .participants("to", to);
        if (kind.equals("RECEIPT")) {
            json.field("delivered", about.sent()).raw("properties", "{\"status\":\"delivered\"}");
        } else {
            json.field("text", about.text() + " *");
        }
        count(from, to);
        return json.object();
    }

    private String attachment() throws IOException {
        String number = String.format(Locale.ROOT, "%04d", ++pictures);
        boolean png = random.nextBoolean();
        byte[] bytes = png
                ? SamplePictures.png(random.nextInt(256), random.nextInt(256), pictures & 0xFF)
                : SamplePictures.jpeg("Picture " + number);
        String name = "IMG_" + number + (png ? ".png" : ".jpg");
        SampleJson json = new SampleJson();
        if (random.nextBoolean()) {
            Files.write(media.resolve(name), bytes);
            json.field("file", name);
        } else {
            json.field("name", name).field("data", Base64.getEncoder().encodeToString(bytes));
        }
        return json.field("type", png ? "image/png" : "image/jpeg")
                .raw("size", Integer.toString(bytes.length))
                .field("sha256", sha256(bytes))
                .object();
    }

    private void count(SamplePerson from, List<SamplePerson> to) {
        Set<String> here = new HashSet<>();
        List<SamplePerson> everybody = new ArrayList<>(to);
        everybody.add(from);
        for (SamplePerson person : everybody) {
            if (person.mailbox() != null) {
                here.add(person.mailbox());
            }
            if (person.unmappable()) {
                unmappable.add(person);
            }
        }
        deliveries += here.size();
        mailboxes.addAll(here);
    }

    private List<SamplePerson> group(SamplePerson employee, SamplePerson customer) {
        List<SamplePerson> members = new ArrayList<>();
        members.add(customer);
        for (int i = random.nextInt(2, 5); i > 0; i--) {
            SamplePerson other = pick(SamplePerson.STAFF);
            if (!other.equals(employee) && !members.contains(other)) {
                members.add(other);
            }
        }
        return members;
    }

    private static String conversation(SamplePerson from, List<SamplePerson> to) {
        List<String> members = new ArrayList<>();
        members.add(String.valueOf(from));
        to.forEach(person -> members.add(String.valueOf(person)));
        members.sort(null);
        return "c-" + Integer.toHexString(members.hashCode());
    }

    private void tick() {
        now = now.plus(Duration.ofSeconds(random.nextInt(20, 900)));
        if (now.toLocalTime().isAfter(LocalTime.of(18, 0))) {
            now = now.plusDays(now.getDayOfWeek().getValue() == 5 ? 3 : 1).with(LocalTime.of(8, random.nextInt(60)));
        }
    }

    private String newId() {
        return String.format(Locale.ROOT, "BAXF14138298%05d-%d", ++ids, random.nextInt(100_000, 1_000_000));
    }

    private String text() {
        return pick(SampleTexts.SHORT);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
