// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.benchmarks;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.graph.AccessToken;
import io.github.celltrustarchive.graph.GraphMailboxSink;
import io.github.celltrustarchive.graph.MicrosoftCloud;
import io.github.celltrustarchive.graph.TokenSource;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.staging.FolderStager;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.graph.GraphSimulator;
import io.github.celltrustarchive.testkit.graph.GraphThrottling;
import io.github.celltrustarchive.testkit.graph.SimulatedUser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Times the delivery of short messages into simulated Microsoft 365 mailboxes over TLS on loopback. The simulator, without
 * limits, is a process of its own, so that the CPU is the archive's alone. See {@code benchmarks/README.md}.
 */
public final class GraphThroughput {

    private static final int ROUNDS = 5; // the first ones warm the JVM up

    private GraphThroughput() {}

    /** {@code FOLDER MESSAGES MAILBOXES PARALLEL}; the folder must not exist. {@code serve FOLDER MAILBOXES} is the child. */
    public static void main(String[] args) throws Exception {
        if (args[0].equals("serve")) {
            serve(Path.of(args[1]), Integer.parseInt(args[2]));
            return;
        }
        Path folder = Files.createDirectories(Path.of(args[0]));
        int messages = Integer.parseInt(args[1]);
        int mailboxes = Integer.parseInt(args[2]);
        int parallel = Integer.parseInt(args[3]);
        LoopbackTls tls = LoopbackTls.create(folder);
        Process server = startServer(folder, mailboxes);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            URI root = URI.create(lines.readLine());
            AccessToken token = new AccessToken(lines.readLine(), Instant.MAX);
            for (int round = 1; round <= ROUNDS; round++) {
                Path work = Files.createDirectory(folder.resolve("round-" + round));
                deliver(work, messages, mailboxes, parallel, sink(tls, root, (scope, refused) -> token, round));
            }
        } finally {
            server.getOutputStream().close(); // ends it
        }
    }

    private static void deliver(Path folder, int messages, int mailboxes, int parallel, MailboxSink sink)
            throws Exception {
        Path export = folder.resolve("export.jsonl");
        new MixedExport(folder.hashCode(), mailboxes, 0).write(export, messages / 2);
        DiskStorage storage = new DiskStorage();
        try (ArchivePipeline pipeline = ArchivePipeline.builder(profile(folder))
                .source(JsonLinesSource.of(export))
                .stager(new FolderStager(folder.resolve("stage"), storage))
                .sink(sink)
                .ledger(JdbcLedger.sqlite(folder.resolve("ledger.db"), storage, Clock.systemUTC()))
                .parallelMailboxes(parallel)
                .build()) {
            pipeline.collect();
            RunReport report = Measured.run("deliver", messages, 0, pipeline::deliver);
            if (report.counts().imported() != messages) {
                throw new IllegalStateException("not all were delivered: " + report.counts());
            }
            System.out.printf(Locale.ROOT, "load average %.1f%n", Measured.load());
        }
    }

    /** Of a name of its own, so that no round finds what another one wrote. */
    private static ConnectorProfile profile(Path folder) {
        return ConnectorProfile.builder(String.valueOf(folder.getFileName()))
                .ownedDomains(List.of("example.com"))
                .build();
    }

    private static MailboxSink sink(LoopbackTls tls, URI root, TokenSource tokens, int round) {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(tls.context())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        return GraphMailboxSink.builder(
                        MicrosoftCloud.GLOBAL.withGraph(root), tokens, profile(Path.of("round-" + round)))
                .inFlightPerMailbox(2)
                .httpClient(client)
                .build();
    }

    private static Process startServer(Path folder, int mailboxes) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GraphThroughput.class.getName(),
                        "serve",
                        folder.toString(),
                        Integer.toString(mailboxes))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void serve(Path folder, int mailboxes) throws Exception {
        try (GraphSimulator graph = GraphSimulator.builder(LoopbackTls.create(folder))
                .throttling(GraphThrottling.none())
                .keptCharacters(0)
                .start()) {
            for (int i = 0; i < mailboxes; i++) {
                String address = "person" + i + "@example.com";
                graph.add(SimulatedUser.of(address, address));
            }
            System.out.println(graph.root());
            System.out.println(graph.newToken());
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }
}
