// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.mailbox.MaildirSink;
import io.github.celltrustarchive.mapping.CsvUserMapper;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.source.SpoolSource;
import io.github.celltrustarchive.source.TxtFeedback;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.staging.FolderStager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A host that is pushed to: a small receiver of TxTFeedback on the loopback address, and the pipeline that archives what it
 * has accepted. A real host has its own server, with TLS and a check of who is calling, in front of the same
 * {@code accept}.
 */
public final class PushReceiver implements AutoCloseable {

    private static final int MAX_BODY = 1 << 20;

    private final SpoolSource spool;
    private final ArchivePipeline pipeline;
    private final HttpServer server;
    private final ExecutorService requests = Executors.newFixedThreadPool(4);

    /** Listens on a free port. {@code users} is a table of nicknames and mailboxes, {@code out} the folder of everything else. */
    PushReceiver(Path users, Path out) throws IOException {
        ConnectorProfile profile = ConnectorProfile.builder("txt-feedback")
                .zone(ZoneId.of("America/Toronto")) // the feed's times have none
                .build();
        // README begin
        spool = TxtFeedback.openSpool(out.resolve("spool"), profile);
        pipeline = ArchivePipeline.builder(profile)
                .source(spool)
                .mapper(CsvUserMapper.load(users))
                .stager(new FolderStager(out.resolve("stage")))
                .sink(MaildirSink.of(out.resolve("mail")))
                .ledger(JdbcLedger.sqlite(out.resolve("ledger.db"), new DiskStorage(), Clock.systemUTC()))
                .build();
        // README end
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(requests);
        server.createContext("/feedback", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(receive(exchange), -1);
            }
        });
        server.start();
    }

    /** The status to answer with: 200 only when the push is durable. */
    private int receive(HttpExchange exchange) throws IOException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (!exchange.getRequestMethod().equals("POST") || type == null) {
            return 400;
        }
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            return 413;
        }
        try {
            spool.accept(new RawRecord(type, Content.of(body), "request"));
            return 200;
        } catch (IOException | ArchiveException e) {
            return 503; // full, or the disk failed: the gateway sends it again
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Archives what has been accepted so far; a host calls it on its schedule, while pushes come in. */
    RunReport archive() throws InterruptedException {
        return pipeline.run();
    }

    /** Takes no more pushes and closes the pipeline, which closes the spool. */
    @Override
    public void close() {
        server.stop(1);
        requests.shutdown();
        pipeline.close();
    }
}
