// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.merge1;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.integration.crash.ArchivedMessages;
import io.github.celltrustarchive.integration.crash.KillLoop;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.merge1.Merge1Simulator;
import io.github.celltrustarchive.testkit.merge1.SimulatedConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that archives what a Merge1 site made, and starts it again at once. In the end every message is in every
 * mailbox exactly once; and at no moment has the source been told of a message, or lost it, that the ledger doesn't have.
 */
class Merge1KillLoopTest {

    private static final int ITEMS = 500;
    private static final List<String> MAILBOXES = List.of("ann.lee", "bob.ray");
    private static final Instant STORED = Instant.parse("2026-11-20T15:00:00Z");

    @TempDir
    Path scratch;

    /** How many messages the ledger had whenever the process was killed. */
    private final Set<Integer> recorded = new TreeSet<>();

    @Test
    @Tag("ci")
    void killed20TimesOverADropFolderThatIsEmptiedNothingIsLostAndNothingIsTwice() throws Exception {
        kill(20, DropWorld::new);
    }

    @Test
    @Tag("ci")
    void killed10TimesOverAnSftpServerWhereEmailsAreMovedNothingIsLostAndNothingIsTwice() throws Exception {
        kill(10, SftpWorld::new);
    }

    @Test
    @Tag("ci")
    void killed20TimesOverASiteNothingIsLostAndNothingIsTwice() throws Exception {
        kill(20, SiteWorld::new);
    }

    @Test
    @Tag("nightly")
    void killed200TimesOverADropFolderNothingIsLostAndNothingIsTwice() throws Exception {
        kill(200, DropWorld::new);
    }

    @Test
    @Tag("nightly")
    void killed100TimesOverAnSftpServerNothingIsLostAndNothingIsTwice() throws Exception {
        kill(100, SftpWorld::new);
    }

    @Test
    @Tag("nightly")
    void killed200TimesOverASiteNothingIsLostAndNothingIsTwice() throws Exception {
        kill(200, SiteWorld::new);
    }

    private void kill(int times, Worlds worlds) throws Exception {
        new KillLoop(Merge1KillLoopChild.class, 20261128, Duration.ofMillis(1_500))
                .run(scratch, times, (folder, round) -> worlds.make(folder));

        assertThat(recorded)
                .as("what the ledger had when the process was killed, of " + ITEMS)
                .anyMatch(count -> count > 0 && count < ITEMS);
    }

    @FunctionalInterface
    private interface Worlds {
        Merge1World make(Path folder) throws Exception;
    }

    /** Messages at a source, and what it holds archived. */
    private abstract class Merge1World implements KillLoop.World {
        final Path folder;

        Merge1World(Path folder) {
            this.folder = folder;
        }

        /** The ids of messages that the source has given away. */
        abstract Set<String> givenAway() throws IOException;

        @Override
        public void checkAfterKill() throws Exception {
            Set<String> known = idsInLedger(folder.resolve(ArchivedMessages.LEDGER));
            recorded.add(known.size());
            assertThat(known).as("messages in the ledger").containsAll(givenAway());
        }

        @Override
        public void checkAtEnd() throws Exception {
            ArchivedMessages.check(folder, Merge1KillLoopChild.CONNECTOR, MAILBOXES, ITEMS);
            assertThat(givenAway()).as("messages acknowledged in the end").hasSize(ITEMS);
        }
    }

    private class DropWorld extends Merge1World {
        final Path drop;

        DropWorld(Path folder) throws IOException {
            super(folder);
            drop = Files.createDirectory(folder.resolve("drop"));
            for (int i = 0; i < ITEMS; i++) {
                Path hour = Files.createDirectories(drop.resolve("20").resolve("" + i / 100));
                Files.writeString(hour.resolve(id(i) + ".eml"), email(i));
            }
        }

        @Override
        public List<String> arguments() {
            return ChildSource.DELETING_DROP;
        }

        @Override
        Set<String> givenAway() throws IOException {
            Set<String> gone = ids(ITEMS);
            try (Stream<Path> files = Files.walk(drop)) {
                files.filter(file -> file.toString().endsWith(".eml"))
                        .filter(file -> !file.startsWith(drop.resolve("Archived")))
                        .forEach(file ->
                                gone.remove(file.getFileName().toString().replace(".eml", "")));
            }
            return gone;
        }
    }

    private final class SftpWorld extends DropWorld {
        private final DropServer server;

        SftpWorld(Path folder) throws Exception {
            super(folder);
            server = new DropServer(folder);
        }

        @Override
        public List<String> arguments() {
            return ChildSource.sftp(server);
        }

        @Override
        public void checkAtEnd() throws Exception {
            super.checkAtEnd();
            try (Stream<Path> files = Files.walk(drop.resolve("Archived"))) {
                assertThat(files.filter(Files::isRegularFile))
                        .as("moved emails")
                        .hasSize(ITEMS);
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private final class SiteWorld extends Merge1World {
        private final Path certificates = scratch.resolve("certificates");
        private final Merge1Simulator simulator;
        private final SimulatedConnector connector;

        SiteWorld(Path folder) throws Exception {
            super(folder);
            Files.createDirectories(certificates);
            simulator = Merge1Simulator.start(LoopbackTls.create(certificates));
            connector = simulator.connector(ChildSource.CONNECTOR);
            for (int i = 0; i < ITEMS; i++) {
                connector.add(id(i), Content.ofUtf8(email(i)), STORED.plusSeconds(i));
            }
        }

        @Override
        public List<String> arguments() {
            return ChildSource.site(simulator, certificates);
        }

        @Override
        Set<String> givenAway() {
            return ids((int) connector.acknowledgedItems());
        }

        @Override
        public void checkAtEnd() throws Exception {
            super.checkAtEnd();
            assertThat(simulator.problems()).isEmpty();
        }

        @Override
        public void close() {
            simulator.close();
        }
    }

    private static String id(int number) {
        return "message-" + number;
    }

    private static String email(int number) {
        return SiteEmails.plain(id(number), "text " + number + " of many ".repeat(20));
    }

    private static Set<String> ids(int count) {
        return IntStream.range(0, count)
                .mapToObj(Merge1KillLoopTest::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> idsInLedger(Path ledger) throws SQLException {
        Set<String> ids = new TreeSet<>();
        if (!Files.exists(ledger)) {
            return ids;
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger);
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("SELECT source_id FROM item WHERE state = 'STAGED'")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains("no such table")) { // killed before it was made
                throw e;
            }
        }
        return ids;
    }
}
