// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.merge1;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.ledger.LedgerVerifier;
import io.github.celltrustarchive.mailbox.MaildirSink;
import io.github.celltrustarchive.mapping.EmailUserMapper;
import io.github.celltrustarchive.merge1.Merge1Profiles;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.UserMapper;
import io.github.celltrustarchive.staging.FolderStager;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.graph.SimulatedAttachment;
import io.github.celltrustarchive.testkit.graph.SimulatedMailbox;
import io.github.celltrustarchive.testkit.graph.SimulatedMessage;
import io.github.celltrustarchive.testkit.merge1.Merge1Simulator;
import io.github.celltrustarchive.testkit.merge1.SimulatedConnector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both hops: what a Merge1 site made, from its folder and from the site, into mailboxes on disk and of Microsoft 365. */
class Microsoft365HopsTest {

    private static final String MESSAGE_CLASS = "String 0x001A"; // PidTagMessageClass
    private static final String ARCHIVE_KEY = "X-CellTrust-Archive-Key: [0-9a-f]{64}\r\n";
    private static final ConnectorProfile PROFILE = ConnectorProfile.builder("hops")
            .ownedDomains(List.of("bank.example"))
            .build();

    @TempDir
    static Path certificates;

    private static LoopbackTls tls;

    @TempDir
    private Path folder;

    /** Attached originals by message, read while the simulator is there. */
    private final Map<String, List<String>> originals = new HashMap<>();

    /** How emails come from the site. */
    enum Way {
        DROP_FOLDER,
        SITE
    }

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = LoopbackTls.create(certificates);
    }

    @ParameterizedTest
    @EnumSource
    void awkwardEmailsAreInAMaildirByteForByteOrHeld(Way way) throws Exception {
        ItemTotals totals = archive(
                way,
                awkward(),
                PROFILE,
                new EmailUserMapper(PROFILE.ownedDomains()),
                MaildirSink.of(folder.resolve("mail")));

        assertThat(totals).isEqualTo(allAwkward());
        List<String> archived = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder.resolve("mail"))) {
            for (Path file :
                    files.filter(each -> each.getParent().endsWith("new")).toList()) {
                archived.add(behindItsKey(Files.readAllBytes(file)));
            }
        }
        assertThat(archived).containsExactlyInAnyOrderElementsOf(texts(AwkwardEmails.attributable()));
    }

    @ParameterizedTest
    @EnumSource
    void awkwardEmailsAreInMicrosoft365WithTheOriginalByteForByteOrHeld(Way way) throws Exception {
        List<SimulatedMessage> messages = awkwardInMicrosoft365(way, true);

        List<String> originals = new ArrayList<>();
        for (SimulatedMessage message : messages) {
            List<String> attached = originals(message);
            assertThat(attached).as("originals of one message").hasSize(1);
            originals.addAll(attached);
        }
        assertThat(originals).containsExactlyInAnyOrderElementsOf(texts(AwkwardEmails.attributable()));
    }

    @Test
    void withoutThatOptionTheOriginalIsAttachedWhereverTheMessageDoesNotSayItAll() throws Exception {
        List<SimulatedMessage> messages = awkwardInMicrosoft365(Way.DROP_FOLDER, false);

        List<String> originals = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (SimulatedMessage message : messages) {
            List<String> attached = originals(message);
            originals.addAll(attached);
            if (attached.isEmpty()) {
                told.add(message.json().path("body").path("content").asText().strip());
            }
        }
        Collection<String> emails = texts(AwkwardEmails.attributable());
        assertThat(originals).isSubsetOf(emails).doesNotHaveDuplicates();
        List<String> others =
                emails.stream().filter(email -> !originals.contains(email)).toList();
        assertThat(told).hasSameSizeAs(others);
        assertThat(told).contains("Hi", "one", "another");
    }

    /** Other sources of a Merge1 site are archived in the same way; their profile says where. */
    @ParameterizedTest
    @ValueSource(strings = {"Slack eDiscovery", "Redtail Speak"})
    void anotherSourceLandsInItsOwnFolderWithItsOwnClass(String source) throws Exception {
        Merge1Profiles.Source from = Merge1Profiles.named(source);
        ConnectorProfile profile =
                from.builder("hops").ownedDomains(List.of("bank.example")).build();
        String prefix = from.headerPrefix();
        String email = "From: ann@bank.example\r\nTo: someone@elsewhere.example\r\n" + prefix
                + "-Email: ann@bank.example, someone@elsewhere.example\r\n" + prefix
                + "-Type: CHAT\r\nDate: Mon, 02 Mar 2026 09:15:30 -0500\r\nSubject: Chat\r\n\r\nHi\r\n";
        try (GraphWorld world = new GraphWorld(tls)) {
            SimulatedMailbox ann = world.add("ann@bank.example");

            ItemTotals totals = archive(
                    Way.SITE,
                    List.of(email.getBytes(StandardCharsets.US_ASCII)),
                    profile,
                    world.mapper(profile),
                    world.sink(profile, folder, false));

            assertThat(totals).isEqualTo(new ItemTotals(1, 1, 0, 0, 0, 0));
            assertThat(ann.messages("Inbox/" + source)).singleElement().satisfies(message -> {
                assertThat(message.property(MESSAGE_CLASS)).isEqualTo(from.messageClass() + ".CHAT");
                assertThat(message.draft()).isFalse();
                assertThat(message.sent()).isEqualTo(Instant.parse("2026-03-02T14:15:30Z"));
            });
            assertThat(world.unexpected()).isEmpty();
        }
    }

    private List<SimulatedMessage> awkwardInMicrosoft365(Way way, boolean attachOriginal) throws Exception {
        try (GraphWorld world = new GraphWorld(tls)) {
            SimulatedMailbox ann = world.add("ann@bank.example");

            ItemTotals totals = archive(
                    way, awkward(), PROFILE, world.mapper(PROFILE), world.sink(PROFILE, folder, attachOriginal));

            assertThat(totals).isEqualTo(allAwkward());
            List<SimulatedMessage> messages = ann.messages("Inbox/CellTrust");
            assertThat(messages).hasSize(AwkwardEmails.attributable().size());
            assertThat(messages).allMatch(message -> !message.draft());
            assertThat(world.unexpected()).isEmpty();
            assertThat(messages).isEqualTo(ann.messages());
            for (SimulatedMessage message : messages) {
                originals.put(message.immutableId(), readOriginals(message));
            }
            return messages;
        }
    }

    private List<String> originals(SimulatedMessage message) {
        return originals.getOrDefault(message.immutableId(), List.of());
    }

    private static List<String> readOriginals(SimulatedMessage message) {
        return message.attachments().stream()
                .filter(attachment -> attachment.name().equals("message.eml"))
                .map(SimulatedAttachment::id)
                .map(id -> behindItsKey(message.content(id)))
                .toList();
    }

    private static ItemTotals allAwkward() {
        int archived = AwkwardEmails.attributable().size();
        int held = AwkwardEmails.held().size();
        return new ItemTotals(archived + held, archived, 0, held, 0, 0);
    }

    private static List<byte[]> awkward() {
        List<byte[]> emails = new ArrayList<>(AwkwardEmails.attributable().values());
        emails.addAll(AwkwardEmails.held().values());
        return emails;
    }

    private ItemTotals archive(
            Way way, List<byte[]> emails, ConnectorProfile profile, UserMapper mapper, MailboxSink sink)
            throws Exception {
        if (way == Way.DROP_FOLDER) {
            Path drop = Files.createDirectory(folder.resolve("drop"));
            for (int i = 0; i < emails.size(); i++) {
                Files.write(drop.resolve(i + ".eml"), emails.get(i));
            }
            return archive(ChildSource.LEAVING_DROP, profile, mapper, sink);
        }
        try (Merge1Simulator site = Merge1Simulator.start(tls)) {
            SimulatedConnector connector = site.connector(ChildSource.CONNECTOR);
            for (int i = 0; i < emails.size(); i++) {
                connector.add("item " + i, Content.of(emails.get(i)), Instant.parse("2026-03-03T07:00:00Z"));
            }
            ItemTotals totals = archive(ChildSource.site(site, certificates), profile, mapper, sink);
            assertThat(site.problems()).isEmpty();
            return totals;
        }
    }

    private ItemTotals archive(List<String> source, ConnectorProfile profile, UserMapper mapper, MailboxSink sink)
            throws Exception {
        Path database = folder.resolve("ledger.db");
        try (ChildSource made = ChildSource.of(profile, folder, source);
                JdbcLedger ledger = JdbcLedger.sqlite(database, new DiskStorage(), Clock.systemUTC());
                ArchivePipeline pipeline = ArchivePipeline.builder(profile)
                        .source(made.source())
                        .mapper(mapper)
                        .stager(new FolderStager(folder.resolve("stage")))
                        .sink(sink)
                        .ledger(ledger)
                        .pageSize(10)
                        .build()) {
            assertThat(pipeline.run().counts().addsUp()).isTrue();
            assertThat(LedgerVerifier.sqlite(database).problems()).isEmpty();
            return ledger.totals(profile.name());
        }
    }

    private static List<String> texts(Map<String, byte[]> emails) {
        return emails.values().stream()
                .map(email -> new String(email, StandardCharsets.ISO_8859_1))
                .toList();
    }

    private static String behindItsKey(byte[] eml) {
        String text = new String(eml, StandardCharsets.ISO_8859_1);
        String email = text.replaceFirst("^" + ARCHIVE_KEY, "");
        assertThat(email).as("behind its key").hasSizeLessThan(text.length());
        return email;
    }
}
