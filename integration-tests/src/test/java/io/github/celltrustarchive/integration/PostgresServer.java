// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL of its own on a free loopback port, with its data in a temporary folder; gone when it is closed. */
public final class PostgresServer implements AutoCloseable {
    private static final String USER = "ledger";

    private final Path bin;
    private final Path folder;
    private final List<String> asOwner;
    private final int port;

    private PostgresServer(Path bin, Path folder, List<String> asOwner, int port) {
        this.bin = bin;
        this.folder = folder;
        this.asOwner = asOwner;
        this.port = port;
    }

    /** Starts a server, or skips the test where there is none. */
    public static PostgresServer start() throws IOException, InterruptedException {
        Path bin = RequiredServer.postgres();
        Path folder = Files.createTempDirectory("ledger-postgres");
        List<String> asOwner = owner(folder);
        PostgresServer server = new PostgresServer(bin, folder, asOwner, freePort());
        server.run("initdb", "-D", server.data(), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync");
        server.run(
                "pg_ctl",
                "-D",
                server.data(),
                "-w",
                "-l",
                folder.resolve("server.log").toString(),
                "-o",
                "-c listen_addresses=127.0.0.1 -c port=" + server.port + " -c unix_socket_directories=" + folder,
                "start");
        return server;
    }

    /** Gives the folder to a user who may run the server, which refuses to run as root. */
    private static List<String> owner(Path folder) throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        UserPrincipal nobody =
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(folder, nobody);
        return List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(asOwner);
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("ledger-postgres", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        String said = Files.readString(output);
        Files.delete(output);
        if (!ended || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(program + " failed: " + said);
        }
    }

    /** Makes a new, empty database. */
    public PGSimpleDataSource database(String name) throws SQLException {
        try (Connection connection = dataSource("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return dataSource(name);
    }

    private PGSimpleDataSource dataSource(String name) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {port});
        dataSource.setDatabaseName(name);
        dataSource.setUser(USER);
        return dataSource;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
