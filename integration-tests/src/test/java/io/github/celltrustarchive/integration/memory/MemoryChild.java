// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.memory;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.integration.merge1.ChildSource;
import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.mailbox.MaildirSink;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.model.SizePolicy;
import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.spi.ArchiveListener;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.staging.FolderStager;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/**
 * A process that archives {@code export.jsonl} of a folder, or from a Merge1 source, with the heap it was given, and prints
 * what the heap holds after a garbage collection when a quarter, a half, three quarters and all messages have been collected and
 * delivered. Arguments: the folder, the number of messages, and those of {@link ChildSource} if there are any.
 */
public final class MemoryChild {

    private MemoryChild() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int messages = Integer.parseInt(args[1]);
        ConnectorProfile profile = ConnectorProfile.builder("memory")
                .ownedDomains(List.of("example.com"))
                .sizePolicy(new SizePolicy(4L << 30, 4L << 30))
                .build();
        Storage storage = UnforcedStorage.create();
        try (ArchivePipeline pipeline = ArchivePipeline.builder(profile)
                .source(source(profile, folder, Arrays.asList(args).subList(2, args.length)))
                .stager(new FolderStager(folder.resolve("stage"), storage))
                .sink(MaildirSink.builder(folder.resolve("mail"))
                        .storage(storage)
                        .build())
                .ledger(JdbcLedger.sqlite(folder.resolve("ledger.db"), storage, Clock.systemUTC()))
                .parallelMailboxes(4)
                .listener(new HeapSampler(messages))
                .build()) {
            RunReport report = pipeline.run();
            if (!report.counts().addsUp() || report.counts().imported() != messages) {
                throw new IllegalStateException("run " + report.run() + " ended with " + report.counts());
            }
        }
    }

    private static SourceAdapter source(ConnectorProfile profile, Path folder, List<String> arguments)
            throws IOException, InterruptedException {
        return arguments.isEmpty()
                ? JsonLinesSource.of(folder.resolve("export.jsonl"))
                : ChildSource.of(profile, folder, arguments).source();
    }

    /** Looks at the heap four times in each half of the path. */
    private static final class HeapSampler implements ArchiveListener {
        private final int messages;
        private int collected;
        private int delivered;

        HeapSampler(int messages) {
            this.messages = messages;
        }

        @Override
        public synchronized void onPageCollected(PageCollected event) {
            int before = collected;
            collected += event.records();
            sample("collected", before, collected);
        }

        @Override
        public synchronized void onDelivered(Delivered event) {
            delivered++;
            sample("delivered", delivered - 1, delivered);
        }

        private void sample(String what, int before, int after) {
            for (int quarter = 1; quarter <= 4; quarter++) {
                long due = (long) messages * quarter / 4;
                if (before < due && after >= due) {
                    System.gc();
                    long used = ManagementFactory.getMemoryMXBean()
                            .getHeapMemoryUsage()
                            .getUsed();
                    System.out.println(what + " " + quarter + " " + used);
                }
            }
        }
    }
}
