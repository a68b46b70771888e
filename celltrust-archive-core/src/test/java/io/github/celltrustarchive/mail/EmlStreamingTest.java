// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.SizePolicy;
import io.github.celltrustarchive.model.SourceItem;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Memory depends on configuration, not on size. */
final class EmlStreamingTest {

    private static final long GIGABYTE = 1L << 30;

    @Test
    void digestedAttachmentsAreNotReadAgainBeforeTheEmailIsWritten() throws Exception {
        DigestedContent digested = DigestedContent.of(Content.ofUtf8("bytes"));
        DigestedContent unreadable =
                new DigestedContent(new Unreadable(), digested.size(), digested.sha256(), digested.crc32());
        SourceItem item = Samples.sms("hi")
                .attachment(new Attachment("a.txt", "text/plain", unreadable))
                .build();

        assertThat(Samples.convert(item).envelope().attachments().get(0).sha256())
                .isEqualTo(digested.sha256());
    }

    @Test
    @Tag("ci")
    @DisplayName("invariant 25: an attachment of one gigabyte passes through a Java of 32 megabytes")
    void gigabytePassesThroughASmallHeap() throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Gigabyte.class.getName()))
                .inheritIO()
                .start();

        assertThat(process.waitFor()).isZero();
    }

    /** Writes an email with a gigabyte, and fails if it isn't there. */
    static final class Gigabyte {
        private Gigabyte() {}

        public static void main(String[] args) throws Exception {
            ConnectorProfile profile = ConnectorProfile.builder("big")
                    .sizePolicy(new SizePolicy(GIGABYTE, 2 * GIGABYTE))
                    .build();
            SourceItem item = Samples.sms("hi")
                    .attachment(new Attachment("big.bin", "application/x-big", new Zeros(GIGABYTE)))
                    .build();
            Counter counter = new Counter();
            new EmlMessageConverter(profile)
                    .convert(item, ItemKey.ofUnparsed("big", Samples.raw()), Samples.raw())
                    .eml()
                    .writeTo(counter);
            if (counter.count < GIGABYTE / 3 * 4) {
                throw new IllegalStateException("only " + counter.count + " bytes");
            }
        }
    }

    /** Fails when it is opened. */
    private static final class Unreadable implements Content {
        @Override
        public InputStream open() {
            throw new AssertionError("read although its digests are known");
        }

        @Override
        public long size() {
            return 5;
        }
    }

    /** So many zeros. */
    private record Zeros(long size) implements Content {
        @Override
        public InputStream open() {
            return new InputStream() {
                private long left = size;

                @Override
                public int read() {
                    return left-- > 0 ? 0 : -1;
                }

                @Override
                public int read(byte[] target, int offset, int length) {
                    int n = (int) Math.min(length, left);
                    left -= n;
                    return n == 0 && length > 0 ? -1 : n;
                }
            };
        }
    }

    /** Counts and forgets. */
    private static final class Counter extends OutputStream {
        private long count;

        @Override
        public void write(int b) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }
}
