// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.crash;

import io.github.celltrustarchive.integration.engine.EngineFixture;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.testkit.InMemorySink;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is left when all work is done. Keys of messages and their bytes for each mailbox, in any order. */
record End(Map<String, List<String>> mailboxes, ItemTotals totals, Checkpoint checkpoint) {

    static End of(EngineFixture world, InMemorySink sink) {
        Map<String, List<String>> contents = new TreeMap<>();
        for (String mailbox : sink.mailboxIds()) {
            contents.put(
                    mailbox,
                    sink.messages(mailbox).stream()
                            .map(m -> m.key() + " " + m.sha256() + (m.complete() ? "" : " half"))
                            .sorted()
                            .toList());
        }
        return new End(contents, world.verifiedTotals(), world.checkpoint());
    }
}
