// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.merge1;

import io.github.celltrustarchive.merge1.HttpsMerge1Site;
import io.github.celltrustarchive.merge1.Merge1DropSource;
import io.github.celltrustarchive.merge1.Merge1EmlParser;
import io.github.celltrustarchive.merge1.Merge1SiteSource;
import io.github.celltrustarchive.merge1.SftpFolder;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.merge1.Merge1Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A Merge1 source that a process makes from its arguments, and what has to be closed after it. */
public final class ChildSource implements AutoCloseable {

    /** Reads {@code drop} in the process's folder and leaves what is archived. */
    public static final List<String> LEAVING_DROP = List.of("leave");

    /** Reads {@code drop} in the process's folder and deletes what is archived. */
    public static final List<String> DELETING_DROP = List.of("delete");

    /** The connector on the simulated site. */
    public static final String CONNECTOR = "CellTrust daily";

    private final SourceAdapter source;
    private final AutoCloseable connection;

    private ChildSource(SourceAdapter source, AutoCloseable connection) {
        this.source = source;
        this.connection = connection;
    }

    /** Arguments for a site whose certificate lies in this folder. */
    public static List<String> site(Merge1Simulator simulator, Path certificates) {
        return List.of("site", simulator.root().toString(), certificates.toString());
    }

    /** Arguments for a server; archived emails are moved. */
    static List<String> sftp(DropServer server) {
        return List.of("sftp", Integer.toString(server.port()), server.fingerprint());
    }

    /** Makes the source. */
    public static ChildSource of(ConnectorProfile profile, Path folder, List<String> arguments)
            throws IOException, InterruptedException {
        Merge1EmlParser parser = Merge1EmlParser.of(profile);
        return switch (arguments.get(0)) {
            case "leave" -> new ChildSource(drop(folder.resolve("drop"), parser).build(), () -> {});
            case "delete" ->
                new ChildSource(
                        drop(folder.resolve("drop"), parser).deleteArchived().build(), () -> {});
            case "sftp" -> {
                SftpFolder drop = SftpFolder.builder("127.0.0.1", DropServer.USER)
                        .port(Integer.parseInt(arguments.get(1)))
                        .hostKeyFingerprint(arguments.get(2))
                        .password(Secret.of(DropServer.PASSWORD))
                        .open("/drop");
                yield new ChildSource(
                        drop(drop.path(), parser).moveArchived("Archived").build(), drop);
            }
            case "site" -> new ChildSource(site(parser, folder, arguments), () -> {});
            default -> throw new IllegalArgumentException(arguments.get(0));
        };
    }

    /** The source; a pipeline closes it. */
    public SourceAdapter source() {
        return source;
    }

    @Override
    public void close() throws Exception {
        connection.close();
    }

    private static Merge1DropSource.Builder drop(Path folder, Merge1EmlParser parser) {
        return Merge1DropSource.builder(folder, parser).quietPeriod(Duration.ZERO);
    }

    private static Merge1SiteSource site(Merge1EmlParser parser, Path folder, List<String> arguments)
            throws IOException, InterruptedException {
        HttpsMerge1Site site = HttpsMerge1Site.builder(URI.create(arguments.get(1)))
                .user(Merge1Simulator.NAME, Secret.of(Merge1Simulator.SECRET))
                .httpClient(HttpClient.newBuilder()
                        .sslContext(
                                LoopbackTls.create(Path.of(arguments.get(2))).context())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build())
                .build();
        return Merge1SiteSource.builder(site, CONNECTOR, folder.resolve("downloads"), parser)
                .build();
    }
}
