// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.graph.GraphFault;
import io.github.celltrustarchive.testkit.graph.GraphFaults;
import io.github.celltrustarchive.testkit.graph.GraphRequestSeen;
import io.github.celltrustarchive.testkit.graph.GraphSimulator;
import io.github.celltrustarchive.testkit.graph.GraphThrottling;
import io.github.celltrustarchive.testkit.graph.SimulatedAttachment;
import io.github.celltrustarchive.testkit.graph.SimulatedMailbox;
import io.github.celltrustarchive.testkit.graph.SimulatedMessage;
import io.github.celltrustarchive.testkit.graph.SimulatedUser;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The largest attachment that Graph takes, from source to mailbox, in a process with 64 MB of heap. Needs about 1 GB below the
 * temporary folder.
 */
@Tag("ci")
class LargestAttachmentTest {

    /** In bytes; as base64 with its email 205 MB. */
    static final int SIZE = 150_000_000;

    private static final int CHUNK = 3_932_160;
    private static final int CHUNKS = (SIZE + CHUNK - 1) / CHUNK;

    @TempDir
    Path folder;

    @Test
    void anAttachmentOf150MegabytesPassesWithAHeapOf64Megabytes() throws Exception {
        assertThat(archive(GraphFaults.none())).as("chunks sent").isEqualTo(CHUNKS);
    }

    @Test
    void aSessionThatBreaksInTheMiddleGoesOnWhereItBroke() throws Exception {
        AtomicInteger uploads = new AtomicInteger();

        int chunks = archive(request -> {
            int number = request.upload() ? uploads.incrementAndGet() : 0;
            if (number == 5) { // the chunk is there, and its answer is lost
                return GraphFault.of(GraphFault.Kind.DONE_THEN_CLOSED);
            }
            boolean away = number >= 20 && number < 40; // longer than a call has patience
            return away ? GraphFault.of(GraphFault.Kind.CLOSED) : GraphFault.NONE;
        });

        assertThat(chunks).as("chunks sent, lost ones among them").isBetween(CHUNKS, CHUNKS + 20);
    }

    /** Returns how many chunks were sent, each of 3,932,160 bytes at most. */
    private int archive(GraphFaults faults) throws Exception {
        String sha256 = writeExport();
        try (GraphSimulator graph = GraphSimulator.builder(LoopbackTls.create(folder))
                .throttling(GraphThrottling.none())
                .messageLimit(SIZE + 1_000_000L)
                .start()) {
            SimulatedMailbox mailbox = graph.add(SimulatedUser.of("id-ann", "ann@bank.example"));
            graph.faults(faults);

            archiveInSmallProcess(graph);

            assertThat(mailbox.messages()).hasSize(1);
            SimulatedMessage message = mailbox.messages("Inbox/CellTrust").get(0);
            assertThat(message.draft()).isFalse();
            assertThat(message.properties()).containsValue("complete");
            assertThat(message.attachments())
                    .extracting(SimulatedAttachment::sha256)
                    .containsExactly(sha256);
            assertThat(graph.unexpected()).isEmpty();
            assertThat(graph.requests())
                    .filteredOn(request -> request.path().endsWith("/createUploadSession"))
                    .as("sessions")
                    .hasSize(1);
            return (int) graph.requests().stream()
                    .filter(GraphRequestSeen::upload)
                    .filter(request -> request.method().equals("PUT"))
                    .count();
        }
    }

    private String writeExport() throws Exception {
        Path media = Files.createDirectories(folder.resolve("media"));
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(media.resolve("large.bin")), digest)) {
            SplittableRandom random = new SplittableRandom(1);
            byte[] bytes = new byte[100_000];
            for (int written = 0; written < SIZE; written += bytes.length) {
                random.nextBytes(bytes);
                out.write(bytes);
            }
        }
        Files.writeString(
                folder.resolve("export.jsonl"),
                "{\"id\":\"m1\",\"kind\":\"MMS\",\"direction\":\"inbound\",\"sent\":\"2026-11-20T14:03:27Z\","
                        + "\"from\":{\"phone\":\"+12025550123\",\"external\":true},"
                        + "\"to\":[{\"email\":\"ann@bank.example\"}],\"text\":\"look\","
                        + "\"attachments\":[{\"name\":\"large.bin\",\"file\":\"large.bin\"}]}\n");
        return HexFormat.of().formatHex(digest.digest());
    }

    private void archiveInSmallProcess(GraphSimulator graph) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LargestAttachmentChild.class.getName(),
                        folder.toString(),
                        graph.root().toString(),
                        graph.newToken())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(child.waitFor(5, TimeUnit.MINUTES)).as("ended in time").isTrue();
            assertThat(child.exitValue()).as(Files.readString(output)).isZero();
        } finally {
            child.destroyForcibly().waitFor();
        }
    }
}
