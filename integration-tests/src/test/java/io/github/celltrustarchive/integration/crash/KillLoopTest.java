// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that archives, starts it again at once, and counts what is in the mailboxes at the end. */
@Tag("ci")
class KillLoopTest {

    private static final int ITEMS = 2_000;
    private static final List<String> MAILBOXES = List.of("ann", "bob", "cid");
    private static final int KILLS = Integer.getInteger("celltrust.archive.kills", 50);

    @TempDir
    Path scratch;

    @Test
    @DisplayName(
            "invariants 1, 2, 7, 12, 13: killed at 50 random moments, every message is in every mailbox exactly once")
    void killedAtRandomMomentsNothingIsLostAndNothingIsTwice() throws Exception {
        new KillLoop(KillLoopChild.class, 20261123, Duration.ofMillis(900)).run(scratch, KILLS, (folder, round) -> {
            writeExport(folder.resolve("export.jsonl"), round);
            return () -> ArchivedMessages.check(folder, "kill-loop", MAILBOXES, ITEMS);
        });
    }

    private static void writeExport(Path file, int round) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            lines.add("{\"id\":\"r" + round + "-" + i + "\",\"kind\":\"SMS\",\"direction\":\"inbound\","
                    + "\"sent\":\"2026-11-20T14:03:27Z\",\"from\":{\"email\":\"" + MAILBOXES.get(0) + "@example.com\"},"
                    + "\"to\":[{\"email\":\"" + MAILBOXES.get(1) + "@example.com\"},{\"email\":\"" + MAILBOXES.get(2)
                    + "@example.com\"}],\"text\":\"message " + i + "\"}");
        }
        Files.write(file, lines, StandardCharsets.UTF_8);
    }
}
