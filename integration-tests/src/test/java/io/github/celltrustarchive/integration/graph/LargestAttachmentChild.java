// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.graph;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.graph.AccessToken;
import io.github.celltrustarchive.graph.GraphMailboxSink;
import io.github.celltrustarchive.graph.MicrosoftCloud;
import io.github.celltrustarchive.graph.TokenSource;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.SizePolicy;
import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.staging.FolderStager;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.ManualClock;
import io.github.celltrustarchive.testkit.ManualSleeper;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A process that archives a folder into a simulated tenant with the heap it was given, and waits in virtual time. Arguments: its
 * working folder, where the tenant is, and a token.
 */
public final class LargestAttachmentChild {

    private static final long LARGEST_EMAIL = 200L << 20;

    /** The message is larger than what a mailbox may get within this time, so that its end has to wait. */
    private static final Duration BYTE_WINDOW = Duration.ofMinutes(5);

    private LargestAttachmentChild() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        MicrosoftCloud cloud = MicrosoftCloud.GLOBAL.withGraph(URI.create(args[1]));
        ManualClock clock = new ManualClock(GraphArchive.START);
        TokenSource tokens =
                (scope, refused) -> new AccessToken(args[2], clock.instant().plusSeconds(3_000));
        HttpClient client = HttpClient.newBuilder()
                .sslContext(LoopbackTls.create(folder).context())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        ConnectorProfile profile = ConnectorProfile.builder("large-365")
                .ownedDomains(List.of("bank.example"))
                .sizePolicy(new SizePolicy(LargestAttachmentTest.SIZE, LargestAttachmentTest.SIZE + 1_000))
                .build();
        DiskStorage storage = new DiskStorage();
        try (ArchivePipeline pipeline = ArchivePipeline.builder(profile)
                .source(JsonLinesSource.of(folder.resolve("export.jsonl")))
                .stager(new FolderStager(folder.resolve("stage"), storage))
                .sink(GraphMailboxSink.builder(cloud, tokens, profile)
                        .maxMessageBytes(LARGEST_EMAIL)
                        .httpClient(client)
                        .clock(clock)
                        .sleeper(new ManualSleeper(clock))
                        .temporaryFolder(folder)
                        .build())
                .ledger(JdbcLedger.sqlite(folder.resolve("ledger.db"), storage, clock))
                .clock(clock)
                .sleeper(new ManualSleeper(clock))
                .patience(BYTE_WINDOW.multipliedBy(2))
                .build()) {
            RunCounts counts = pipeline.run().counts();
            if (!counts.addsUp() || counts.imported() != 1 || counts.pending() != 0) {
                throw new IllegalStateException("the run ended with " + counts);
            }
        }
    }
}
