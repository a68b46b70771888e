// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration;

import io.github.celltrustarchive.graph.AzureBlobStager;
import io.github.celltrustarchive.graph.AzureBlobStagerBuilder;
import io.github.celltrustarchive.model.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An Azurite of its own on a free loopback port, with its data in a temporary folder; gone when it is closed. Good for what
 * is right and wrong: it knows no retention, ignores a legal hold without a word, and a killed one forgets what it
 * acknowledged.
 */
public final class AzuriteServer implements AutoCloseable {

    /** Azurite's one account, published with it. */
    public static final String ACCOUNT = "devstoreaccount1";

    /** The key of that account, published as well. */
    public static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static final Duration START = Duration.ofSeconds(60);

    private final Path folder;
    private final Process process;
    private final int port;

    private AzuriteServer(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /** Starts a server, or skips the test where there is none. */
    public static AzuriteServer start() throws IOException, InterruptedException {
        Path program = RequiredServer.azurite();
        Path node = RequiredServer.node();
        Path folder = Files.createTempDirectory("stage-azurite");
        int port = freePort();
        List<String> command = List.of(
                node.toString(),
                program.toString(),
                "--blobHost",
                "127.0.0.1",
                "--blobPort",
                Integer.toString(port),
                "--location",
                folder.resolve("data").toString(),
                "--silent",
                "--disableTelemetry");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        AzuriteServer server = new AzuriteServer(folder, process, port);
        server.awaitAnswer();
        return server;
    }

    /** Where the account is. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port + "/" + ACCOUNT);
    }

    /** A stage in a container that is made at the first put, by the account's key. */
    public AzureBlobStagerBuilder stager(String container) {
        return AzureBlobStager.builder(endpoint(), container)
                .accountKey(ACCOUNT, Secret.of(KEY))
                .createContainer(true);
    }

    /** It answers anything, a refusal too, once it is up. */
    private void awaitAnswer() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(endpoint())
                .timeout(Duration.ofSeconds(5))
                .build();
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                client.send(request, HttpResponse.BodyHandlers.discarding());
                return;
            } catch (IOException e) {
                boolean ended = process.waitFor(50, TimeUnit.MILLISECONDS);
                if (ended || System.nanoTime() > deadline) {
                    String said = Files.readString(folder.resolve("server.log"));
                    close();
                    throw new IOException("Azurite didn't start: " + said, e);
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
