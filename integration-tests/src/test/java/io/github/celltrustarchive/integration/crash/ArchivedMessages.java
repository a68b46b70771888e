// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.ledger.LedgerVerifier;
import io.github.celltrustarchive.model.ItemTotals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must be found in the folder of a process that archived everything, however often it was killed. */
public final class ArchivedMessages {

    /** The ledger's file in the folder. */
    public static final String LEDGER = "ledger.db";

    /** The folder of the Maildirs. */
    public static final String MAIL = "mail";

    private ArchivedMessages() {}

    /** Every message is in every mailbox exactly once, the ledger is whole, and its items add up. */
    public static void check(Path folder, String connector, List<String> mailboxes, int items) throws IOException {
        for (String mailbox : mailboxes) {
            Map<String, Long> copies = archiveKeys(folder.resolve(MAIL), mailbox);
            assertThat(copies).as("messages of " + mailbox).hasSize(items);
            assertThat(copies.values()).as("copies of a message").containsOnly(1L);
        }
        Path ledger = folder.resolve(LEDGER);
        assertThat(LedgerVerifier.sqlite(ledger).problems()).isEmpty();
        try (JdbcLedger reopened = JdbcLedger.sqlite(ledger, new DiskStorage(), Clock.systemUTC())) {
            ItemTotals totals = reopened.totals(connector);
            assertThat(totals).isEqualTo(new ItemTotals(items, items, 0, 0, 0, 0));
            assertThat(totals.addsUp()).isTrue();
        }
    }

    private static Map<String, Long> archiveKeys(Path mail, String mailbox) throws IOException {
        try (Stream<Path> files = Files.walk(mail)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("/" + mailbox + "/"))
                    .filter(file -> file.getParent().endsWith("new"))
                    .map(ArchivedMessages::archiveKey)
                    .collect(Collectors.groupingBy(key -> key, TreeMap::new, Collectors.counting()));
        }
    }

    private static String archiveKey(Path file) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("X-CellTrust-Archive-Key:"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
