// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.DeliveryOutcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaildirSinkTest {

    @TempDir
    Path folder;

    private Path root;
    private Path inbox;
    private Path archive;
    private MaildirSink sink;

    @BeforeEach
    void open() {
        root = folder.resolve("mail");
        inbox = root.resolve("example.com/ann.lee/Maildir");
        archive = inbox.resolve(".CellTrust");
        sink = MaildirSink.of(root);
    }

    @Test
    void messageLiesInTheFolderOfItsMailboxUnderItsKeyWithItsTime() throws IOException {
        Delivery delivery = Deliveries.of(1);

        Receipt receipt = sink.deliver(delivery);

        Path file = archive.resolve("new").resolve(name(delivery));
        assertThat(receipt).isEqualTo(new Receipt(Receipt.Status.IMPORTED, name(delivery)));
        assertThat(name(delivery)).isEqualTo("1614834367.Q" + delivery.key().hex() + ".celltrust");
        assertThat(Files.readString(file))
                .isEqualTo(Deliveries.text(delivery.envelope().key(), 1));
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.from(Deliveries.RECEIVED));
        assertThat(archive.resolve("maildirfolder")).isEmptyFile();
        assertThat(archive.resolve("tmp")).isEmptyDirectory();
        assertThat(archive.resolve("cur")).isEmptyDirectory();
        assertThat(inbox.resolve("new")).isEmptyDirectory();
        assertThat(sink.traits().settleTime()).isEqualTo(Duration.ZERO);
    }

    @Test
    void messageMayArriveSeen() throws IOException {
        Delivery delivery = Deliveries.of(1);
        MaildirSink quiet = MaildirSink.builder(root).arriveSeen(true).build();

        quiet.deliver(delivery);

        assertThat(archive.resolve("cur").resolve(name(delivery) + ":2,S")).exists();
        assertThat(quiet.deliver(delivery).status()).isEqualTo(Receipt.Status.DUPLICATE);
        assertThat(sink.deliver(delivery).status()).isEqualTo(Receipt.Status.DUPLICATE);
        assertThat(messages()).hasSize(1);
    }

    @Test
    void inboxItselfAndOtherFoldersAreReached() throws IOException {
        sink.deliver(Deliveries.of(1, Deliveries.ANN, "INBOX"));
        sink.deliver(Deliveries.of(2, Deliveries.ANN, "Archive/Text & more/Ärger"));
        sink.deliver(Deliveries.of(3, Deliveries.ANN, "Inbox/a.b"));

        assertThat(inbox.resolve("new")).isNotEmptyDirectory();
        assertThat(inbox.resolve(".Archive.Text &- more.&AMQ-rger/new")).isNotEmptyDirectory();
        assertThat(inbox.resolve(".a&AC4-b/new")).isNotEmptyDirectory();
        assertThat(inbox.resolve("maildirfolder")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"new", "cur|:2,", "cur|:2,S", "cur|:2,FRSab", "cur|"})
    @DisplayName("invariants 7, 8: a message that its owner has read or flagged isn't delivered again")
    void readMessageIsNotDeliveredAgain(String where) throws IOException {
        Delivery delivery = Deliveries.of(1);
        sink.deliver(delivery);
        String[] parts = where.split("\\|", 2);
        Path moved = archive.resolve(parts[0]).resolve(name(delivery) + (parts.length > 1 ? parts[1] : ""));
        Files.move(archive.resolve("new").resolve(name(delivery)), moved);

        assertThat(sink.deliver(delivery)).isEqualTo(Receipt.duplicate(name(delivery)));
        assertThat(MaildirSink.of(root).deliver(delivery)).isEqualTo(Receipt.duplicate(name(delivery)));
        assertThat(sink.deliver(Deliveries.again(delivery))).isEqualTo(Receipt.duplicate(name(delivery)));
        assertThat(sink.find(delivery)).isEqualTo(found(delivery, name(delivery)));
        assertThat(messages()).containsExactly(moved);
    }

    @Test
    void messageThatWasNeverDeliveredIsAbsent() throws IOException {
        assertThat(sink.find(Deliveries.of(1))).isEqualTo(Lookup.absent());
        assertThat(root).doesNotExist();

        sink.deliver(Deliveries.of(1));
        Files.writeString(archive.resolve("cur/1.other:2,S"), "Subject: x\r\n\r\nX-CellTrust-Archive-Key: 00\r\n");
        Files.writeString(archive.resolve("cur/2.empty"), "");
        assertThat(sink.find(Deliveries.of(2))).isEqualTo(Lookup.absent());
    }

    @ParameterizedTest
    @ValueSource(strings = {".Private", ".CellTrust", ""})
    @DisplayName("invariant 7: a message that its owner has moved to another folder is found there")
    void movedMessageIsFoundByItsHeader(String target) throws IOException {
        Delivery delivery = Deliveries.of(1);
        sink.deliver(delivery);
        sink.deliver(Deliveries.of(2));
        Path moved = inbox.resolve(target).resolve("cur/1700000000.M1P2.host,S=123:2,S");
        Files.createDirectories(moved.getParent());
        Files.move(archive.resolve("new").resolve(name(delivery)), moved);

        assertThat(sink.find(delivery)).isEqualTo(found(delivery, "1700000000.M1P2.host,S=123"));
    }

    @Test
    void onlyTheFirstArchiveKeyOfTheHeaderCounts() throws IOException {
        Delivery delivery = Deliveries.of(1);
        String key = delivery.envelope().key().hex();
        Files.createDirectories(inbox.resolve("cur"));
        Files.writeString(inbox.resolve("cur/1.a"), "x-celltrust-archive-key: 00\nX-CellTrust-Archive-Key: " + key);
        assertThat(sink.find(delivery)).isEqualTo(Lookup.absent());

        Files.writeString(inbox.resolve("cur/2.b"), "x-celltrust-archive-key: " + key + "\n\nbody");
        assertThat(sink.find(delivery)).isEqualTo(found(delivery, "2.b"));
    }

    @Test
    void copiesElsewhereAreSeveralOnlyIfTheFirstPlaceIsEmpty() throws IOException {
        Delivery delivery = Deliveries.of(1);
        sink.deliver(delivery);
        Path file = archive.resolve("new").resolve(name(delivery));
        Files.createDirectories(inbox.resolve(".Copy/cur"));
        Files.copy(file, inbox.resolve(".Copy/cur/1.copy:2,S"));
        Files.copy(file, inbox.resolve(".Copy/cur/2.copy:2,S"));
        assertThat(sink.find(delivery)).isEqualTo(found(delivery, name(delivery)));

        Files.delete(file);
        assertThat(sink.find(delivery)).isEqualTo(Lookup.several(List.of("1.copy", "2.copy")));
    }

    @Test
    void batchHasOneOutcomeEachInOrder() throws IOException {
        sink.deliver(Deliveries.of(2));
        Content broken = new Content() {
            @Override
            public InputStream open() throws IOException {
                throw new IOException("the stage can't be read");
            }

            @Override
            public long size() {
                return 7;
            }
        };
        List<Delivery> batch = List.of(
                Deliveries.of(1),
                Deliveries.of(2),
                Deliveries.withEml(Deliveries.of(3), broken),
                Deliveries.of(1),
                Deliveries.of(4));

        List<DeliveryOutcome> outcomes = sink.deliverAll(batch);

        assertThat(outcomes.get(0)).isEqualTo(imported(batch.get(0)));
        assertThat(outcomes.get(1)).isEqualTo(DeliveryOutcome.delivered(Receipt.duplicate(name(batch.get(1)))));
        assertThat(outcomes.get(2))
                .isInstanceOfSatisfying(
                        DeliveryOutcome.NotWritten.class,
                        outcome -> assertThat(outcome.cause().remedy()).isEqualTo(ArchiveException.Remedy.RETRY));
        assertThat(outcomes.get(3)).isEqualTo(DeliveryOutcome.delivered(Receipt.duplicate(name(batch.get(0)))));
        assertThat(outcomes.get(4)).isEqualTo(imported(batch.get(4)));
        assertThat(messages()).hasSize(3);
        assertThat(archive.resolve("tmp")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 6, 8, 1_000_000})
    void messageOfAnotherSizeThanDeclaredIsNotWritten(long declared) {
        Content shorter = new Content() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(new byte[7]);
            }

            @Override
            public long size() {
                return declared;
            }
        };

        assertThatThrownBy(() -> sink.deliver(Deliveries.withEml(Deliveries.of(1), shorter)))
                .isInstanceOf(ArchiveException.class);
        assertThat(messages()).isEmpty();
    }

    @Test
    @DisplayName("invariant 8: sinks that race leave one message")
    void racingSinksLeaveOneMessage() throws Exception {
        int sinks = 4;
        int rounds = 25;
        ExecutorService threads = Executors.newFixedThreadPool(sinks);
        CyclicBarrier together = new CyclicBarrier(sinks);
        try {
            for (int round = 0; round < rounds; round++) {
                Delivery delivery = Deliveries.of(round);
                Callable<Receipt> race = () -> {
                    MaildirSink own = MaildirSink.of(root);
                    together.await();
                    return own.deliver(delivery);
                };
                List<Receipt> receipts = new ArrayList<>();
                for (Future<Receipt> result : threads.invokeAll(List.of(race, race, race, race))) {
                    receipts.add(result.get());
                }
                assertThat(receipts)
                        .extracting(Receipt::status)
                        .containsOnlyOnce(Receipt.Status.IMPORTED)
                        .containsOnly(Receipt.Status.IMPORTED, Receipt.Status.DUPLICATE);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(messages()).hasSize(rounds);
    }

    @Test
    void folderThatItsOwnerDeletedIsMadeAgain() throws IOException {
        Delivery delivery = Deliveries.of(1);
        sink.deliver(delivery);
        try (Stream<Path> all = Files.walk(archive)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
        assertThat(archive).doesNotExist();

        assertThat(sink.deliver(Deliveries.of(2)).status()).isEqualTo(Receipt.Status.IMPORTED);
        assertThat(messages()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc@example.com",
                "a/b@example.com",
                "a\\b@example.com",
                "..@example.com",
                ".@example.com",
                "a@..",
                "a@../..",
                "a@.",
                "a@/etc",
                "\0@example.com",
                "a\n@example.com",
                "%2e%2e@example.com",
                "\"a@b\"@example.com",
                "Ünï@example.com",
                "con@aux",
                "a:b*?<>|@example.com",
                "~root@example.com",
                "-rf@-rf"
            })
    @DisplayName("invariant 23: no byte of an address leads out of the root")
    void hostileAddressStaysBelowTheRoot(String address) throws IOException {
        Delivery delivery = Deliveries.of(1, new Mailbox("id", address), Deliveries.FOLDER);
        sink.deliver(delivery);

        assertOnlyTheRootWasWritten();
        List<Path> messages = messages();
        assertThat(messages).hasSize(1);
        Path path = root.relativize(messages.get(0));
        assertThat(path.getNameCount()).isEqualTo(6);
        assertThat(path.toString()).matches("[a-z0-9._+=%A-F-]+/[a-z0-9._+=%A-F-]+/Maildir/[.]CellTrust/new/.+");
        assertThat((Iterable<Path>) path)
                .allSatisfy(part -> assertThat(part.toString()).doesNotStartWith(".."));
        assertThat(sink.find(delivery)).isEqualTo(found(delivery, name(delivery)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "@example.com", "nobody@", "half\uD800@example.com"})
    void mailboxWithoutAnAddressIsHeld(String address) {
        Delivery delivery = Deliveries.of(1, new Mailbox("id", address), Deliveries.FOLDER);

        assertHeld(delivery);
    }

    @Test
    void nameTooLongForTheDiskIsHeld() {
        assertHeld(Deliveries.of(1, new Mailbox("id", "a".repeat(256) + "@example.com"), Deliveries.FOLDER));
        assertHeld(Deliveries.of(1, new Mailbox("id", "é".repeat(64) + "@example.com"), Deliveries.FOLDER));
        assertHeld(Deliveries.of(1, Deliveries.ANN, "Inbox/" + "ä".repeat(100)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"..", "../..", "Inbox/../../x", "Inbox/..", ".", "a\0b", "cur", "x/new", "~", "a\\..\\b", "C:"})
    @DisplayName("invariant 23: no byte of a folder's name leads out of the mailbox")
    void hostileFolderStaysInTheMailbox(String path) throws IOException {
        Delivery delivery = Deliveries.of(1, Deliveries.ANN, path);
        sink.deliver(delivery);

        assertOnlyTheRootWasWritten();
        Path file = messages().get(0);
        assertThat(file.getParent().getParent().getParent()).isEqualTo(inbox);
        assertThat(inbox.relativize(file).getName(0).toString()).startsWith(".").doesNotContain("..");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/x", "x/", "x//y"})
    void folderPathWithAnEmptyNameIsHeld(String path) {
        assertHeld(Deliveries.of(1, Deliveries.ANN, path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../other", "/tmp/elsewhere", "a/../..", "a\0b"})
    @DisplayName("invariant 23: a layout of the host's that leads out of the root holds the delivery")
    void layoutOutOfTheRootIsHeld(String path) {
        sink = MaildirSink.builder(root).layout(mailbox -> path).build();

        assertHeld(Deliveries.of(1));
    }

    @Test
    void layoutOfTheHostIsUsed() throws IOException {
        sink = MaildirSink.builder(root)
                .layout(mailbox -> "vmail/" + mailbox.id())
                .build();
        sink.deliver(Deliveries.of(1));

        assertThat(root.resolve("vmail/id-ann/.CellTrust/new")).isNotEmptyDirectory();
    }

    @Test
    @DisplayName("invariant 22: what goes wrong is told without the address")
    void failureTellsNoAddress() throws IOException {
        Files.createDirectories(root.resolve("example.com"));
        Files.writeString(root.resolve("example.com/ann.lee"), "a file is in the way");

        assertThatThrownBy(() -> sink.deliver(Deliveries.of(1))).isInstanceOfSatisfying(ArchiveException.class, e -> {
            assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.RETRY);
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain("ann.lee", "example.com");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "example.com", "example.com/ann.lee/Maildir", "example.com/ann.lee/Maildir/.CellTrust/cur"})
    @DisplayName("a mail store with a file where a folder belongs was searched and found to be empty")
    void fileWhereAFolderBelongsIsNotTakenForAnEmptyFolder(String where) throws IOException {
        Path file = root.resolve(where);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "a file is in the way");

        assertThatThrownBy(() -> sink.find(Deliveries.of(1)))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("ann.lee")
                .hasMessageEndingWith("a file is where a folder belongs");
    }

    @Test
    void optionsOutOfBoundsAreRefused() {
        assertThatThrownBy(() -> MaildirSink.builder(root).batchSize(0).build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MaildirSink.builder(root).maxMessageBytes(0).build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pythonReadsTheMaildir() throws Exception {
        assumeTrue(runs("python3", "--version"), "needs python3");
        sink.deliverAll(IntStream.range(0, 3).mapToObj(Deliveries::of).toList());
        String code = "import mailbox,sys; f=mailbox.Maildir(sys.argv[1],create=False).get_folder('CellTrust');"
                + "print(sorted(m['Subject']+' '+m.get_subdir()+' '+str(int(m.get_date())) for m in f))";

        Process python = new ProcessBuilder("python3", "-c", code, inbox.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(output.strip())
                .isEqualTo("['SMS 0 new 1614834369', 'SMS 1 new 1614834369', 'SMS 2 new 1614834369']");
    }

    private void assertHeld(Delivery delivery) {
        assertThatThrownBy(() -> sink.deliver(delivery))
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.HOLD));
        assertThatThrownBy(() -> sink.find(delivery)).isInstanceOf(ArchiveException.class);
        assertThat(root).doesNotExist();
    }

    private void assertOnlyTheRootWasWritten() {
        assertThat(folder.toFile().list()).containsExactly("mail");
    }

    private List<Path> messages() {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("maildirfolder"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Delivery delivery) {
        return "1614834367.Q" + delivery.key().hex() + ".celltrust";
    }

    private static Lookup found(Delivery delivery, String reference) {
        return Lookup.found(Receipt.imported(delivery.envelope(), reference));
    }

    private static DeliveryOutcome imported(Delivery delivery) {
        return DeliveryOutcome.delivered(Receipt.imported(delivery.envelope(), name(delivery)));
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
