// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Delivery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attachments of 150 MB, which is the most that Microsoft Graph takes, in a process with 64 MB of heap. */
class LargeEmailTest {

    private static final long ATTACHMENT = 150_000_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @Tag("ci")
    @ValueSource(strings = {"lines", "one-line", "preamble", "header", "text"})
    void memoryDoesNotDependOnTheSizeOfAnEmail(String shape) throws Exception {
        Path output = folder.resolve("output.txt");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeEmailTest.class.getName(),
                        shape,
                        Files.createDirectory(folder.resolve("mail")).toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(child.exitValue()).as(() -> read(output)).isZero();
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void anAttachmentThatIsOneLongLineIsThereByteForByte() throws IOException {
        check("one-line", 3_000_000, folder);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The child: {@code shape folder}. */
    public static void main(String[] args) throws IOException {
        check(args[0], ATTACHMENT, Path.of(args[1]));
    }

    private static void check(String shape, long size, Path folder) throws IOException {
        Delivery sample =
                GraphSamples.delivery(GraphSamples.item("MMS").text("hi").build());
        Content eml = new MadeUpEmail(shape, size);
        try (GraphMessage message =
                new MessageFactory(GraphSamples.SETTINGS, folder).make(GraphSamples.delivery(sample.envelope(), eml))) {
            message.createRequest();
            boolean whole = shape.equals("preamble") || shape.equals("header");
            if (message.originalAttached() != whole || message.attachments().size() != 1) {
                throw new IllegalStateException(GraphSamples.names(message).toString());
            }
            GraphAttachment large = message.attachments().get(0);
            long count;
            try (InputStream in = large.open()) {
                count = in.transferTo(OutputStream.nullOutputStream());
            }
            if (count != large.size() || count < size) {
                throw new IllegalStateException(count + " of " + size + " bytes in " + message);
            }
        }
    }

    /** An email that is made up while it is read. */
    private record MadeUpEmail(String shape, long bytes) implements Content {

        private String head() {
            String multipart = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
            return switch (shape) {
                case "lines", "one-line" ->
                    multipart
                            + "--b\r\n\r\nhi\r\n--b\r\nContent-Type: a/b\r\nContent-Transfer-Encoding: binary\r\n\r\n";
                case "preamble" -> multipart;
                case "header" -> multipart + "--b\r\nX: ";
                default -> "Content-Type: text/plain\r\n\r\n";
            };
        }

        @Override
        public InputStream open() {
            InputStream head = new ByteArrayInputStream(head().getBytes(StandardCharsets.US_ASCII));
            InputStream tail = new ByteArrayInputStream("\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));
            boolean lines = shape.equals("lines") || shape.equals("preamble") || shape.equals("text");
            return new SequenceInputStream(new SequenceInputStream(head, new Filler(bytes, lines)), tail);
        }

        @Override
        public long size() {
            return head().length() + bytes + "\r\n--b--\r\n".length();
        }
    }

    private static final class Filler extends InputStream {
        private final boolean lines;
        private long left;

        Filler(long left, boolean lines) {
            this.left = left;
            this.lines = lines;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int count = (int) Math.min(length, left);
            for (int i = offset; i < offset + count; i++) {
                left--;
                bytes[i] = (byte) (lines && left % 77 == 0 ? '\n' : 'x');
            }
            return count;
        }
    }
}
