// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import com.sun.net.httpserver.HttpServer;
import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.graph.AccessToken;
import io.github.celltrustarchive.graph.AzureBlobStager;
import io.github.celltrustarchive.graph.AzureBlobStagerBuilder;
import io.github.celltrustarchive.graph.EntraCredentials;
import io.github.celltrustarchive.graph.GraphMailboxSink;
import io.github.celltrustarchive.graph.GraphUserMapper;
import io.github.celltrustarchive.graph.MicrosoftCloud;
import io.github.celltrustarchive.graph.TokenSource;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.spi.ArchiveListener;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.RetryPolicy;
import io.github.celltrustarchive.spi.Stager;
import io.github.celltrustarchive.staging.FolderStager;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.graph.GraphFault;
import io.github.celltrustarchive.testkit.graph.GraphRequestSeen;
import io.github.celltrustarchive.testkit.graph.GraphSimulator;
import io.github.celltrustarchive.testkit.graph.RecordedCall;
import io.github.celltrustarchive.testkit.graph.SimulatedUser;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * A process that archives while secrets are refused, expire and sessions break; {@link SecretsTest} looks through everything
 * that it has said and written. Its argument is a folder; the secrets that were used are in {@code secrets.txt} there.
 */
final class CanaryRun {

    private static final String CLIENT = "canary-client";
    private static final String CLIENT_SECRET = "CanaryClientSecret-9f1c7a";
    private static final String SIGNATURE = "CanarySignature%2F7b2d%3D";
    private static final String ACCOUNT_KEY =
            Base64.getEncoder().encodeToString("CanaryAccountKeyCanaryAccountKey".getBytes(StandardCharsets.US_ASCII));
    private static final Pattern UPLOAD_URL = Pattern.compile("\"uploadUrl\"\\s*:\\s*\"([^\"]+)\"");
    private static final ConnectorProfile PROFILE = ConnectorProfile.builder("canary")
            .ownedDomains(Set.of("bank.example"))
            .build();

    private final Path folder;
    private final GraphSimulator graph;
    private final MicrosoftCloud cloud;
    private final Set<String> secrets =
            Collections.synchronizedSet(new LinkedHashSet<>(List.of(CLIENT_SECRET, SIGNATURE, ACCOUNT_KEY)));
    private final Map<String, Integer> times = new ConcurrentHashMap<>();

    private CanaryRun(Path folder, GraphSimulator graph) {
        this.folder = folder;
        this.graph = graph;
        this.cloud = MicrosoftCloud.GLOBAL.withGraph(graph.root()).withLogin(graph.root());
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        HttpServer blobs = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        blobs.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("x-ms-error-code", "AuthenticationFailed");
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        });
        blobs.start();
        try (GraphSimulator graph = GraphSimulator.start(LoopbackTls.create(folder))) {
            new CanaryRun(folder, graph)
                    .run(URI.create("http://127.0.0.1:" + blobs.getAddress().getPort() + "/account"));
        } finally {
            blobs.stop(0);
        }
    }

    private void run(URI blobs) throws Exception {
        Path export = export();
        graph.register(CLIENT, CLIENT_SECRET);
        graph.add(SimulatedUser.of("id-ann", "ann@bank.example"));
        graph.add(SimulatedUser.of("id-bob", "bob@bank.example"));
        TokenSource good = tokens(CLIENT_SECRET);
        AzureBlobStagerBuilder container =
                AzureBlobStager.builder(blobs, "stage").tries(1);
        Supplier<Stager> here = () -> new FolderStager(folder.resolve("out/stage"));

        graph.refuseTokens(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.");
        run(export, "refused secret", good, here);
        graph.giveTokens();
        run(
                export,
                "refused signature",
                good,
                () -> container.sas(Secret.of("sv=1&sig=" + SIGNATURE)).build());
        run(
                export,
                "refused key",
                good,
                () -> container.accountKey("account", Secret.of(ACCOUNT_KEY)).build());
        graph.faults(this::fault);
        run(export, "faults", good, here);
        graph.expireTokens();
        run(export, "expired token", good, here);

        for (RecordedCall call : graph.calls()) {
            UPLOAD_URL.matcher(call.responseBody()).results().forEach(url -> {
                secrets.add(url.group(1));
                secrets.add(URI.create(url.group(1)).getRawQuery());
            });
        }
        secrets.removeIf(secret -> secret == null || secret.isEmpty());
        Files.write(folder.resolve("secrets.txt"), secrets);
        Files.writeString(
                folder.resolve("faults.txt"),
                graph.faultCounts() + " " + graph.calls().size());
    }

    /** Each kind of request goes wrong in each way, one after the other; then it works. */
    private GraphFault fault(GraphRequestSeen request) {
        if (request.method().equals("GET") && request.path().endsWith("/mailFolders/inbox")) {
            return GraphFault.NONE; // the check before a run, which is not what is tested
        }
        List<GraphFault.Kind> kinds = new ArrayList<>();
        if (request.upload()) {
            kinds.addAll(List.of(
                    GraphFault.Kind.CLOSED,
                    GraphFault.Kind.DONE_THEN_504,
                    GraphFault.Kind.DONE_THEN_CLOSED,
                    GraphFault.Kind.NOT_FOUND_YET));
        } else {
            kinds.addAll(List.of(
                    GraphFault.Kind.TOKEN_REFUSED,
                    GraphFault.Kind.EMPTY_SUCCESS,
                    GraphFault.Kind.UNAVAILABLE,
                    GraphFault.Kind.CLOSED,
                    GraphFault.Kind.DONE_THEN_504));
        }
        String sort = request.upload()
                ? request.method() + " upload"
                : request.method() + " " + request.path().replaceAll("(imm-|id-|def-|f-)[^/]+", "*");
        int time = times.merge(sort, 1, Integer::sum);
        return time <= kinds.size() ? GraphFault.of(kinds.get(time - 1)) : GraphFault.NONE;
    }

    private TokenSource tokens(String secret) {
        TokenSource source = EntraCredentials.clientSecret("bank.example", CLIENT, Secret.of(secret))
                .tokens(cloud, graph.httpClient(), Clock.systemUTC());
        return (scope, refused) -> {
            AccessToken token = source.token(scope, refused);
            secrets.add(token.text());
            return token;
        };
    }

    private void run(Path export, String name, TokenSource tokens, Supplier<Stager> stage) throws Exception {
        CommandLine command = Commands.of(new Microsoft365Archive(Map.of()));
        for (int time = 1; time <= 2; time++) {
            System.out.println("== " + name + ", " + time);
            try {
                int exit =
                        new ArchiveRuns(new Canary(command, export, tokens, stage), new RunOptions()).run("Archiving");
                System.out.println("exit " + exit);
            } catch (IOException | RuntimeException e) {
                e.printStackTrace(System.out); // the whole chain of causes
            }
        }
        System.out.println(tokens + " " + cloud + " " + Secret.of(CLIENT_SECRET));
    }

    private Path export() throws IOException {
        byte[] large = new byte[4_500_000];
        String big = ",\"attachments\":[{\"name\":\"a.bin\",\"type\":\"application/octet-stream\",\"data\":\""
                + Base64.getEncoder().encodeToString(large) + "\"}]";
        String lines = line("m1", "") + line("m2", big) + line("m3", "") + "{\"id\":\"m4\"\n";
        return Files.writeString(folder.resolve("export.jsonl"), lines);
    }

    private static String line(String id, String more) {
        return "{\"id\":\"" + id + "\",\"kind\":\"MMS\",\"sent\":\"2026-11-20T14:03:27Z\","
                + "\"from\":{\"email\":\"ann@bank.example\"},\"to\":[{\"email\":\"bob@bank.example\"}],\"text\":\"text\""
                + more + "}\n";
    }

    /** The command's own runs, over a pipeline that waits for nothing long. */
    private final class Canary implements HostedArchive {
        private final CommandLine command;
        private final Path export;
        private final TokenSource tokens;
        private final Supplier<Stager> stage;

        Canary(CommandLine command, Path export, TokenSource tokens, Supplier<Stager> stage) {
            this.command = command;
            this.export = export;
            this.tokens = tokens;
            this.stage = stage;
        }

        @Override
        public CommandLine command() {
            return command;
        }

        @Override
        public Path out() {
            return folder.resolve("out");
        }

        @Override
        public ArchivePipeline pipeline(Ledger ledger, ArchiveListener listener) {
            return ArchivePipeline.builder(PROFILE)
                    .source(JsonLinesSource.of(export))
                    .mapper(GraphUserMapper.builder(cloud, tokens)
                            .httpClient(graph.httpClient())
                            .ownedDomains(PROFILE.ownedDomains())
                            .build())
                    .stager(stage.get())
                    .sink(GraphMailboxSink.builder(cloud, tokens, PROFILE)
                            .httpClient(graph.httpClient())
                            .settleTime(Duration.ofMillis(200))
                            .sleeper(time -> {}) // what goes wrong doesn't get better by waiting
                            .checkedMailbox("ann@bank.example")
                            .build())
                    .ledger(ledger)
                    .listener(listener)
                    .patience(Duration.ofSeconds(20))
                    .retryPolicy(RetryPolicy.exponential(Duration.ofMillis(50), Duration.ofMillis(500), 50))
                    .build();
        }

        @Override
        public void printMailboxes(PrintWriter screen) {
            screen.println(graph.summary());
        }
    }
}
