// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.integration.merge1.SiteEmails;
import io.github.celltrustarchive.merge1.HttpsMerge1Site;
import io.github.celltrustarchive.merge1.Merge1EmlParser;
import io.github.celltrustarchive.merge1.Merge1SiteSource;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.contract.SourceAdapterContract;
import io.github.celltrustarchive.testkit.merge1.Merge1Simulator;
import io.github.celltrustarchive.testkit.merge1.SimulatedConnector;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A Merge1 site that is read over HTTPS keeps the rules of sources. */
class Merge1SiteSourceContractTest extends SourceAdapterContract {

    private static final Instant STORED = Instant.parse("2026-11-20T05:00:00Z");

    @TempDir
    static Path certificates;

    private static LoopbackTls tls;

    @TempDir
    private Path folder;

    private Merge1Simulator simulator;
    private SimulatedConnector connector;
    private int opened;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = LoopbackTls.create(certificates);
    }

    @BeforeEach
    void start() throws IOException {
        simulator = Merge1Simulator.start(tls);
        connector = simulator.connector("CellTrust daily");
        add("Ab 1", SiteEmails.plain("Ab 1", "Good morning"));
        add("aB 1", SiteEmails.plain("aB 1", "The papers are ready"));
        add("bad", SiteEmails.plain("bad", "No date").replaceFirst("Date: [^\r]*", "Date: " + MARKER));
        add("d-3", SiteEmails.withAttachment("d-3", "Signed"));
        add("d-4", SiteEmails.plain("d-4", "A long one ".repeat(3_000)));
        add("d-5", SiteEmails.plain("d-5", "Never mind"));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Override
    protected SourceAdapter open() {
        HttpsMerge1Site site = HttpsMerge1Site.builder(simulator.root())
                .user(Merge1Simulator.NAME, Secret.of(Merge1Simulator.SECRET))
                .httpClient(HttpClient.newBuilder()
                        .sslContext(tls.context())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build())
                .build();
        return Merge1SiteSource.builder(
                        site,
                        "CellTrust daily",
                        folder.resolve("downloads-" + ++opened),
                        Merge1EmlParser.of(ConnectorProfile.cellTrust("site")))
                .build();
    }

    @Override
    protected List<String> sourceIds() {
        return List.of("Ab 1", "aB 1", "d-3", "d-4", "d-5");
    }

    @Override
    protected int badRecords() {
        return 1;
    }

    @Override
    protected void addRecord() throws IOException {
        add("d-6", SiteEmails.plain("d-6", "One more thing"));
    }

    @Override
    protected void makeUnreadable() {
        simulator.close();
    }

    private void add(String id, String eml) throws IOException {
        connector.add(id, Content.ofUtf8(eml), STORED);
    }
}
