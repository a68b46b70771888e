// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.source.JsonRecordParser;
import io.github.celltrustarchive.testkit.graph.SimulatedAttachment;
import io.github.celltrustarchive.testkit.graph.SimulatedMailbox;
import io.github.celltrustarchive.testkit.graph.SimulatedMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Messages that go to everybody, without, with small and with large attachments, and what a mailbox must hold of them. */
final class ArchivedDay {

    static final ConnectorProfile PROFILE = ConnectorProfile.builder("faults-365")
            .ownedDomains(List.of("bank.example"))
            .build();
    static final List<String> PEOPLE = List.of("ann", "bob", "cid", "dee", "eve");

    private static final Instant FIRST = Instant.parse("2026-11-20T08:00:00Z");
    private static final String PROPERTY_SET = "{bbc4b1de-d574-4346-bce7-99d37d979e9a}";
    private static final String KEY = "String " + PROPERTY_SET + " Name CellTrustArchiveKey";
    private static final String STATE = "String " + PROPERTY_SET + " Name CellTrustArchiveState";
    private static final Set<String> NAMED_PROPERTIES = Set.of(
            PROPERTY_SET + " Name CellTrustArchiveKey",
            PROPERTY_SET + " Name CellTrustArchiveState",
            "header x-celltrust-message-id",
            "header x-celltrust-conversation-id",
            "header x-celltrust-type",
            "header x-celltrust-direction",
            "header x-celltrust-archive-key");

    private final List<RawRecord> records = new ArrayList<>();
    private final Map<String, SourceItem> items = new HashMap<>();
    private final Map<String, List<String>> digests = new HashMap<>();

    /** A file of this many bytes. */
    private record File(String name, int size) {}

    /**
     * A day.
     *
     * @param messages how many, each to all five; every twentieth has files that don't fit into one request
     */
    ArchivedDay(int messages) throws IOException {
        for (int i = 0; i < messages; i++) {
            RawRecord record = record(i, files(i));
            SourceItem item = JsonRecordParser.ofDefaults().parse(record);
            records.add(record);
            String key = ItemKey.of(PROFILE.name(), item).hex();
            items.put(key, item);
            digests.put(
                    key, item.attachments().stream().map(ArchivedDay::sha256).toList());
        }
    }

    /** What the source gives. */
    List<RawRecord> records() {
        return records;
    }

    /** How many deliveries there are in all. */
    int deliveries() {
        return records.size() * PEOPLE.size();
    }

    /** Of the large ones two share their name and size, and differ in what is in them. */
    private static List<File> files(int number) {
        if (number % 60 == 7) {
            return List.of(new File("film.mp4", 3_200_000), new File("small.bin", 1_000));
        }
        if (number % 60 == 27) {
            return List.of(new File("scan.bin", 1_100_000), new File("scan.bin", 1_100_000));
        }
        if (number % 60 == 47) {
            return List.of(new File("again.mp4", 3_150_000), new File("page.bin", 1_500_000));
        }
        return number % 3 == 1 ? List.of(new File("note.bin", 10 + number * 31)) : List.of();
    }

    private static RawRecord record(int number, List<File> files) {
        List<String> attachments = new ArrayList<>();
        for (File file : files) {
            byte[] bytes = new byte[file.size()];
            new SplittableRandom(number * 100L + attachments.size()).nextBytes(bytes);
            attachments.add("{\"name\":\"" + file.name() + "\",\"type\":\"application/octet-stream\",\"data\":\""
                    + Base64.getEncoder().encodeToString(bytes) + "\"}");
        }
        String to = PEOPLE.stream()
                .map(person -> "{\"email\":\"" + person + "@bank.example\"}")
                .collect(Collectors.joining(","));
        Instant sent = FIRST.plusSeconds(number * 61L);
        String json = "{\"id\":\"m-" + number + "\",\"kind\":\"MMS\",\"direction\":\"inbound\",\"conversation\":\"c-"
                + number % 7 + "\",\"sent\":\"" + sent + "\",\"received\":\"" + sent.plusSeconds(2)
                + "\",\"from\":{\"phone\":\"+12025550123\",\"external\":true},\"to\":[" + to + "],\"text\":\"message "
                + number
                + ".\",\"attachments\":[" + String.join(",", attachments) + "]}";
        return new RawRecord("application/json", Content.ofUtf8(json), "line-" + number);
    }

    /** Every message is in this mailbox once, whole, and as it was; nothing else is. */
    void check(SimulatedMailbox mailbox) {
        List<SimulatedMessage> messages = mailbox.messages(PROFILE.folder());
        assertThat(mailbox.messages()).as("%s: messages elsewhere", mailbox).hasSameSizeAs(messages);
        assertThat(messages)
                .as("%s: every message exactly once", mailbox)
                .extracting(message -> String.valueOf(message.property(KEY)))
                .containsExactlyInAnyOrderElementsOf(items.keySet());
        messages.forEach(message -> check(message, mailbox));
        assertThat(NAMED_PROPERTIES).as("%s: named properties", mailbox).containsAll(mailbox.namedProperties());
    }

    private void check(SimulatedMessage message, SimulatedMailbox mailbox) {
        SourceItem item = Objects.requireNonNull(items.get(message.property(KEY)));
        String what = mailbox + ", item " + item.sourceId();
        assertThat(message.draft()).as("%s is a draft", what).isFalse();
        assertThat(message.sent()).as("%s was sent", what).isEqualTo(item.sentAt());
        assertThat(message.received()).as("%s was received", what).isEqualTo(item.receivedAt());
        assertThat(message.property(STATE)).as("%s is in state", what).isEqualTo("complete");
        assertThat(message.property("String 0x001A"))
                .as("%s is of class", what)
                .isEqualTo(PROFILE.messageClass(item.kind()));
        assertThat(message.json().path("body").path("content").asText()).contains(item.text());
        assertThat(message.attachments())
                .as("%s has these attachments", what)
                .extracting(SimulatedAttachment::sha256)
                .containsExactlyInAnyOrderElementsOf(Objects.requireNonNull(digests.get(message.property(KEY))));
        assertThat(message.attachments())
                .extracting(SimulatedAttachment::name)
                .containsExactlyInAnyOrderElementsOf(
                        item.attachments().stream().map(Attachment::fileName).toList());
    }

    private static String sha256(Attachment attachment) {
        try (InputStream in = attachment.content().open()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
