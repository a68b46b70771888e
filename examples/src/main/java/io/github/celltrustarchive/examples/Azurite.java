// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The emulator of Blob Storage, on loopback. Keeps its data, and the port it had first, in a folder: the ledger remembers where
 * packs are, so that they must be there again the next time.
 */
final class Azurite implements AutoCloseable {

    /** Azurite's one account, published with it. */
    static final String ACCOUNT = "devstoreaccount1";

    /** The key of that account, published as well. */
    static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static final String PREFIX = "CELLTRUST_ARCHIVE_AZURITE_PREFIX";
    private static final String PROGRAM = "node_modules/azurite/dist/src/blob/main.js";
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final URI endpoint;

    /** Where Node.js and Azurite are installed. */
    record Programs(Path node, Path azurite) {}

    private Azurite(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** Looks where {@link #install} puts it, and where npm puts global packages. */
    static Optional<Programs> find(Map<String, String> environment) {
        String chosen = environment.get(PREFIX);
        List<Path> prefixes = chosen == null
                ? List.of(
                        usualPrefix(environment),
                        Path.of("/usr/local/lib"),
                        Path.of("/usr/lib"),
                        Path.of("/opt/homebrew/lib"))
                : List.of(Path.of(chosen), Path.of(chosen, "lib"));
        Optional<Path> program = prefixes.stream()
                .map(prefix -> prefix.resolve(PROGRAM))
                .filter(Files::isRegularFile)
                .findFirst();
        Optional<Path> node = Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> Stream.of(Path.of(folder, "node"), Path.of(folder, "node.exe")))
                .filter(Files::isExecutable)
                .findFirst();
        return program.flatMap(main -> node.map(runs -> new Programs(runs, main)));
    }

    /** The command that installs it. */
    static String install(Map<String, String> environment) {
        return "npm install --prefix " + usualPrefix(environment) + " azurite@3.35.0";
    }

    private static Path usualPrefix(Map<String, String> environment) {
        @Nullable String cache = environment.get("XDG_CACHE_HOME");
        Path folder =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return folder.resolve("celltrust-archive").resolve("azurite");
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param folder made if need be, for its data, log and port
     */
    static Azurite start(Programs programs, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        int port = port(folder);
        Process process = new ProcessBuilder(
                        programs.node().toString(),
                        programs.azurite().toAbsolutePath().toString(),
                        "--blobHost",
                        "127.0.0.1",
                        "--blobPort",
                        Integer.toString(port),
                        "--location",
                        folder.resolve("data").toAbsolutePath().toString(),
                        "--silent",
                        "--disableTelemetry")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("azurite.log").toFile())
                .start();
        Azurite azurite = new Azurite(process, URI.create("http://127.0.0.1:" + port + "/" + ACCOUNT));
        azurite.awaitAnswer(folder);
        return azurite;
    }

    /** The port of the first time, or a free one. */
    private static int port(Path folder) throws IOException {
        Path file = folder.resolve("port");
        boolean known = Files.exists(file);
        int wanted = known ? Integer.parseInt(Files.readString(file).strip()) : 0;
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            if (!known) {
                Files.writeString(file, Integer.toString(socket.getLocalPort()));
            }
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IOException(
                    "port " + wanted
                            + ", where this archive's stage was before, is taken: end what listens there (an Azurite"
                            + " that was left over?), or give another --out",
                    e);
        }
    }

    /** It answers anything, a refusal too, once it is up. */
    private void awaitAnswer(Path folder) throws IOException, InterruptedException {
        HttpClient client = Connection.newClient();
        HttpRequest request =
                HttpRequest.newBuilder(endpoint).timeout(Duration.ofSeconds(5)).build();
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                client.send(request, HttpResponse.BodyHandlers.discarding());
                return;
            } catch (IOException e) {
                if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                    close();
                    throw new IOException("Azurite didn't start: see " + folder.resolve("azurite.log"), e);
                }
            } catch (InterruptedException e) {
                close();
                throw e;
            }
        }
    }

    /** Where its account is. */
    URI endpoint() {
        return endpoint;
    }

    /** Ends it, by force if it must be. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
