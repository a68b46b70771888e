// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.spi.IncompleteDeliveryException;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.ManualClock;
import io.github.celltrustarchive.testkit.ManualSleeper;
import io.github.celltrustarchive.testkit.graph.GraphSimulator;
import io.github.celltrustarchive.testkit.graph.GraphThrottling;
import io.github.celltrustarchive.testkit.graph.SimulatedAttachment;
import io.github.celltrustarchive.testkit.graph.SimulatedMailbox;
import io.github.celltrustarchive.testkit.graph.SimulatedMessage;
import io.github.celltrustarchive.testkit.graph.SimulatedUser;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As large an attachment as Graph takes, from a process with 64 MB of heap. */
class LargeAttachmentTest {

    private static final int LARGE = 149_000_000;
    private static final int SMALL = 2_900_000;

    @TempDir
    private Path folder;

    @Test
    @Tag("ci")
    void memoryDoesNotDependOnTheSizeOfAnAttachment() throws Exception {
        LoopbackTls tls = LoopbackTls.create(folder);
        try (GraphSimulator graph = GraphSimulator.builder(tls)
                .throttling(GraphThrottling.none())
                .messageLimit(200_000_000)
                .start()) {
            SimulatedMailbox mailbox = graph.add(SimulatedUser.of(SinkWorld.ANN, "ann@bank.example"));

            deliverInSmallProcess(graph);

            SimulatedMessage message = mailbox.messages(SinkWorld.FOLDER).get(0);
            assertThat(message.properties()).containsValue("complete");
            assertThat(message.attachments())
                    .extracting(SimulatedAttachment::size, SimulatedAttachment::sha256)
                    .containsExactlyInAnyOrder(tuple((long) LARGE, sha256(LARGE)), tuple((long) SMALL, sha256(SMALL)));
            assertThat(graph.unexpected()).isEmpty();
        }
    }

    private void deliverInSmallProcess(GraphSimulator graph) throws Exception {
        Path output = folder.resolve("output.txt");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeAttachmentTest.class.getName(),
                        graph.root().toString(),
                        graph.newToken(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(child.exitValue()).as(Files.readString(output)).isZero();
        } finally {
            child.destroyForcibly();
        }
    }

    /** The child: {@code root token folder}. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[2]);
        Path eml = folder.resolve("large.eml");
        write(eml);
        ManualClock clock = new ManualClock(SinkWorld.START);
        GraphMailboxSink sink = GraphMailboxSink.builder(
                        MicrosoftCloud.GLOBAL.withGraph(URI.create(args[0])),
                        (scope, refused) -> new AccessToken(args[1], SinkWorld.START),
                        SinkWorld.PROFILE)
                .httpClient(HttpClient.newBuilder()
                        .sslContext(LoopbackTls.create(folder).context())
                        .build())
                .clock(clock)
                .sleeper(new ManualSleeper(clock))
                .temporaryFolder(folder)
                .build();
        Delivery sample = SinkWorld.delivery("large");
        deliver(
                sink,
                clock,
                new Delivery(
                        sample.key(),
                        sample.mailbox(),
                        sample.folder(),
                        sample.envelope(),
                        Content.of(eml),
                        sample.attempt(),
                        null));
    }

    /** More than a mailbox takes in five minutes: the rest is for the next call. */
    private static void deliver(GraphMailboxSink sink, ManualClock clock, Delivery delivery) throws Exception {
        try {
            sink.deliver(delivery);
        } catch (IncompleteDeliveryException e) {
            clock.advance(Duration.ofMinutes(5));
            sink.deliver(SinkWorld.resumed(delivery, e.reference()));
        }
    }

    private static void write(Path eml) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(eml))) {
            ascii(out, "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhi\r\n");
            for (int size : List.of(LARGE, SMALL)) {
                ascii(
                        out,
                        "--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
                                + "Content-Disposition: attachment; filename=" + size + ".bin\r\n\r\n");
                OutputStream base64 = Base64.getMimeEncoder().wrap(new Unclosed(out));
                fill(base64, size);
                base64.close();
                ascii(out, "\r\n");
            }
            ascii(out, "--b--\r\n");
        }
    }

    private static String sha256(int size) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        fill(new DigestOutputStream(OutputStream.nullOutputStream(), digest), size);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void fill(OutputStream out, int size) throws IOException {
        SplittableRandom random = new SplittableRandom(size);
        byte[] bytes = new byte[8_192];
        for (int left = size; left > 0; left -= bytes.length) {
            random.nextBytes(bytes);
            out.write(bytes, 0, Math.min(left, bytes.length));
        }
    }

    private static void ascii(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
