// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.benchmarks;

import io.github.celltrustarchive.mail.EmlMessageConverter;
import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Items to email per second: our converter, and an email with the same headers, text, HTML and attachment made by
 * angus-mail and by mime4j.
 *
 * <p>{@code mvn -Dquick package -DskipTests -pl benchmarks -am && java -jar benchmarks/target/benchmarks.jar Conversion
 * -f 1 -wi 3 -i 5 -w 1 -r 1}; {@code -prof gc} adds what each allocates.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls makeItem() first
public class ConversionBenchmark {

    /** Bytes of the attachment; 0 for none. */
    @Param({"0", "1000000"})
    int attachment;

    private SourceItem item;
    private ItemKey key;
    private RawRecord raw;
    private final EmlMessageConverter converter = new EmlMessageConverter(ConnectorProfile.cellTrust("benchmark"));
    private final LibraryEmails libraries = new LibraryEmails();

    /** Makes the item, with its digests known, as the pipeline gives it. */
    @Setup
    public void makeItem() throws IOException {
        byte[] bytes = new byte[attachment];
        new Random(1).nextBytes(bytes);
        SourceItem.Builder builder = SourceItem.builder("m-1", "SMS", Instant.parse("2026-03-04T15:06:07.089Z"))
                .sender(new Participant(
                        ParticipantRole.FROM, "Ann L\u00e9e", "+12025550100", "ann.lee@corp.example", false))
                .recipient(new Participant(ParticipantRole.TO, "Bob Ray", "+12025550101", null, true))
                .conversationId("c-1")
                .text("See you at five, unless the train is late again. ".repeat(3))
                .property("carrier", "rogers");
        if (attachment > 0) {
            builder.attachment(new Attachment("photo.jpg", "image/jpeg", DigestedContent.of(Content.of(bytes))));
        }
        item = builder.build();
        key = ItemKey.of("benchmark", item);
        raw = new RawRecord(
                "application/json", DigestedContent.of(Content.ofUtf8("{\"id\":\"m-1\"}")), "export.jsonl:1");
    }

    /** The library's own converter. */
    @Benchmark
    public long emlMessageConverter() throws IOException {
        Counter out = new Counter();
        converter.convert(item, key, raw).eml().writeTo(out);
        return out.count;
    }

    /** A MimeMessage of angus-mail. */
    @Benchmark
    public long angusMail() throws Exception {
        Counter out = new Counter();
        libraries.angus(item, key, out);
        return out.count;
    }

    /** A Message of mime4j. */
    @Benchmark
    public long mime4j() throws IOException {
        Counter out = new Counter();
        libraries.mime4j(item, key, out);
        return out.count;
    }

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
