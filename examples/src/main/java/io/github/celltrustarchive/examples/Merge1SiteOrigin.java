// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.merge1.HttpsMerge1Site;
import io.github.celltrustarchive.merge1.HttpsMerge1SiteBuilder;
import io.github.celltrustarchive.merge1.Merge1SiteSource;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.spi.RecordParser;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.merge1.Merge1Simulator;
import io.github.celltrustarchive.testkit.merge1.SimulatedConnector;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A site that speaks {@code docs/merge1-site.yaml}: a gateway of the host's, or one simulated on this machine. */
final class Merge1SiteOrigin implements Merge1Origin {

    private static final Instant COPIED = Instant.parse("2026-03-03T07:00:00Z"); // 02:00 in New York, the night after

    private final HttpsMerge1SiteBuilder site;
    private final String connector;
    private final Path downloads;
    private final String shown;
    private final @Nullable Merge1Simulator simulator;

    private Merge1SiteOrigin(
            HttpsMerge1SiteBuilder site,
            String connector,
            Path downloads,
            String shown,
            @Nullable Merge1Simulator simulator) {
        this.site = site;
        this.connector = connector;
        this.downloads = downloads;
        this.shown = shown;
        this.simulator = simulator;
    }

    /** A real one. */
    static Merge1SiteOrigin of(HttpsMerge1SiteBuilder site, String connector, Path downloads, String shown) {
        return new Merge1SiteOrigin(site, connector, downloads, shown, null);
    }

    /** One on this machine that has just copied a day. It has the same items each time. */
    static Merge1SiteOrigin simulated(ConnectorProfile profile, String connector, Path downloads)
            throws IOException, InterruptedException {
        Path certificates = Files.createTempDirectory("celltrust-archive-merge1");
        try {
            LoopbackTls tls = LoopbackTls.create(certificates);
            Merge1Simulator simulator = Merge1Simulator.start(tls);
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(tls.context())
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            HttpsMerge1SiteBuilder site = HttpsMerge1Site.builder(simulator.root())
                    .user(Merge1Simulator.NAME, Secret.of(Merge1Simulator.SECRET))
                    .httpClient(client);
            List<String> emails = new Merge1Day(profile).emails();
            fill(simulator.connector(connector), emails);
            String shown = "a simulated Merge1 site with " + emails.size() + " emails";
            return new Merge1SiteOrigin(site, connector, downloads, shown, simulator);
        } finally {
            ArchiveRuns.deleteAll(certificates);
        }
    }

    private static void fill(SimulatedConnector connector, List<String> emails) throws IOException {
        for (int i = 0; i < emails.size(); i++) {
            Content eml = Content.of(emails.get(i).getBytes(StandardCharsets.ISO_8859_1));
            connector.add(String.format(Locale.ROOT, "item-%05d", i + 1), eml, COPIED.plusMillis(i));
        }
    }

    @Override
    public String shown() {
        return shown;
    }

    @Override
    public SourceAdapter open(RecordParser parser) {
        return Merge1SiteSource.builder(site.build(), connector, downloads, parser)
                .build();
    }

    @Override
    public void close() {
        if (simulator != null) {
            simulator.close();
        }
    }
}
