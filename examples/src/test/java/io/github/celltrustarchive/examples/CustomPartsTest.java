// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.RunFailure;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.spi.ArchiveListener;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.staging.FolderStager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's custom source, sink and mapper at work. */
class CustomPartsTest {

    private static final String ANN = "+12025550101";
    private static final String BOB = "+12025550102";
    private static final String EVE = "+12025550199";

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();
    private final Store store = new Store();

    @Test
    void aServiceIsArchivedIntoAMailStore() throws Exception {
        lines.add("2026-11-23T09:00:00Z\t" + ANN + "\t" + BOB + "\tLunch?");
        lines.add("not a message");
        lines.add("2026-11-23T09:01:00Z\t" + BOB + "\t" + EVE + "\tWho is this?");

        RunReport report = run();

        // to Ann and Bob, to Bob; the bad line and Eve, who is in no phone book
        assertThat(report.counts()).isEqualTo(new RunCounts(3, 5, 3, 0, 0, 2, 0));
        assertThat(report.failures())
                .extracting(RunFailure::reason)
                .containsExactlyInAnyOrder("not four fields", "nobody had this number then");
        assertThat(store.mails.keySet().stream().map(key -> key.substring(0, key.lastIndexOf('/'))))
                .containsExactlyInAnyOrder(
                        "ann@bank.example/Inbox/CellTrust",
                        "bob@bank.example/Inbox/CellTrust",
                        "bob@bank.example/Inbox/CellTrust");
        assertThat(store.mails.values()).allMatch(eml -> eml.contains("Message-ID: <"));
    }

    @Test
    void theNextRunTakesWhatIsNew() throws Exception {
        lines.add("2026-11-23T09:00:00Z\t" + ANN + "\t" + BOB + "\tLunch?");
        run();
        Map<String, String> before = Map.copyOf(store.mails);
        lines.add("2026-11-23T09:02:00Z\t" + BOB + "\t" + ANN + "\tAt one.");

        RunReport report = run();

        assertThat(report.counts()).isEqualTo(new RunCounts(1, 2, 2, 0, 0, 0, 0));
        assertThat(store.mails).hasSize(4).containsAllEntriesOf(before);
    }

    private RunReport run() throws InterruptedException {
        try (Ledger ledger = JdbcLedger.sqlite(folder.resolve("ledger.db"), new DiskStorage(), Clock.systemUTC());
                ArchivePipeline pipeline = Recipes.options(
                        ConnectorProfile.cellTrust("custom"),
                        new CustomSource(this::after),
                        Recipes.mapper((phone, at) -> ANN.equals(phone) ? "ann" : BOB.equals(phone) ? "bob" : null),
                        new FolderStager(folder.resolve("stage")),
                        new CustomSink(store),
                        ledger,
                        ArchiveListener.NONE)) {
            return pipeline.run();
        }
    }

    private List<CustomSource.Message> after(long number, int max) {
        return IntStream.range((int) number, lines.size())
                .limit(max)
                .mapToObj(i -> new CustomSource.Message(i + 1, lines.get(i)))
                .toList();
    }

    private static final class Store implements CustomSink.MailStore {
        private final Map<String, String> mails = new ConcurrentHashMap<>();

        @Override
        public void put(String address, String folder, String key, InputStream eml) throws IOException {
            mails.put(address + "/" + folder + "/" + key, new String(eml.readAllBytes(), StandardCharsets.UTF_8));
        }

        @Override
        public boolean has(String address, String folder, String key) {
            return mails.containsKey(address + "/" + folder + "/" + key);
        }
    }
}
