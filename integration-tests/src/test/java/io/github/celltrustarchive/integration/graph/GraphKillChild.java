// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.graph;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.graph.EntraCredentials;
import io.github.celltrustarchive.graph.GraphMailboxSink;
import io.github.celltrustarchive.graph.GraphUserMapper;
import io.github.celltrustarchive.graph.MicrosoftCloud;
import io.github.celltrustarchive.graph.TokenSource;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.RetryPolicy;
import io.github.celltrustarchive.staging.FolderStager;
import io.github.celltrustarchive.testkit.LoopbackTls;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * A process that archives a folder into a simulated tenant and may be killed at any moment. Arguments: its working folder, and
 * where the tenant is.
 */
public final class GraphKillChild {

    /** Exists once the process has begun to work. */
    static final String STARTED = "started";

    /** Longer than anything takes effect late. */
    static final Duration SETTLE_TIME = Duration.ofSeconds(1);

    private static final int MOST_RUNS = 20;

    private GraphKillChild() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        URI root = URI.create(args[1]);
        HttpClient client = HttpClient.newBuilder()
                .sslContext(LoopbackTls.create(folder.getParent()).context())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        MicrosoftCloud cloud = MicrosoftCloud.GLOBAL.withGraph(root).withLogin(root);
        TokenSource tokens = EntraCredentials.clientSecret("contoso.example", "app", Secret.of("right"))
                .tokens(cloud, client, Clock.systemUTC());
        Files.writeString(folder.resolve(STARTED), "");
        for (int run = 1; run <= MOST_RUNS; run++) {
            if (isDone(folder, client, cloud, tokens)) {
                return;
            }
        }
        throw new IllegalStateException("not done after " + MOST_RUNS + " runs");
    }

    private static boolean isDone(Path folder, HttpClient client, MicrosoftCloud cloud, TokenSource tokens)
            throws Exception {
        DiskStorage storage = new DiskStorage();
        try (ArchivePipeline pipeline = ArchivePipeline.builder(ArchivedDay.PROFILE)
                .source(JsonLinesSource.of(folder.resolve("export.jsonl")))
                .mapper(GraphUserMapper.builder(cloud, tokens)
                        .ownedDomains(List.of("bank.example"))
                        .httpClient(client)
                        .build())
                .stager(new FolderStager(folder.resolve("stage"), storage))
                .sink(GraphMailboxSink.builder(cloud, tokens, ArchivedDay.PROFILE)
                        .settleTime(SETTLE_TIME)
                        .httpClient(client)
                        .temporaryFolder(folder)
                        .build())
                .ledger(JdbcLedger.sqlite(folder.resolve("ledger.db"), storage, Clock.systemUTC()))
                .retryPolicy(RetryPolicy.exponential(Duration.ofMillis(100), Duration.ofSeconds(2), 50))
                .pageSize(10)
                .parallelMailboxes(3)
                .build()) {
            RunCounts counts = pipeline.run().counts();
            if (!counts.addsUp() || counts.failed() != 0) {
                throw new IllegalStateException("a run ended with " + counts);
            }
            return counts.pending() == 0;
        } catch (ArchiveException e) { // a token that was refused twice ends a run; the next one goes on
            System.out.println(e.getMessage());
            return false;
        }
    }
}
