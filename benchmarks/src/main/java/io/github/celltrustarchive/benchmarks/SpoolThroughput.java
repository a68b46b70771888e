// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.benchmarks;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.source.JsonRecordParser;
import io.github.celltrustarchive.source.SpoolSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How many pushed records a second a spool makes durable, with 1, 8 and 32 threads that push short messages. Each round has
 * a spool of its own. Arguments: a new folder on the disk in question, and records a round (default 8,000).
 */
public final class SpoolThroughput {

    private static final int ROUNDS = 3;

    private SpoolThroughput() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int records = args.length > 1 ? Integer.parseInt(args[1]) : 8_000;
        for (int round = 1; round <= ROUNDS; round++) {
            for (int threads : new int[] {1, 8, 32}) {
                measure(folder.resolve(round + "-" + threads), threads, records);
            }
        }
    }

    private static void measure(Path folder, int threads, int records) throws Exception {
        ExecutorService hosts = Executors.newFixedThreadPool(threads);
        try (SpoolSource spool = new SpoolSource(folder, JsonRecordParser.ofDefaults())) {
            long start = System.nanoTime();
            push(spool, hosts, threads, records / threads);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "%d threads: %,d records in %.2f s = %,.0f records/s%n",
                    threads,
                    spool.waiting(),
                    seconds,
                    spool.waiting() / seconds);
        } finally {
            hosts.shutdownNow();
        }
    }

    private static void push(SpoolSource spool, ExecutorService hosts, int threads, int each)
            throws InterruptedException, ExecutionException {
        List<Future<?>> pushing = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int host = thread;
            pushing.add(hosts.submit(() -> pushAll(spool, host, each)));
        }
        for (Future<?> pushed : pushing) {
            pushed.get();
        }
    }

    private static Void pushAll(SpoolSource spool, int host, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            String json = "{\"id\":\"" + host + "-" + i + "\",\"kind\":\"SMS\",\"sent\":\"2026-03-01T10:15:30Z\","
                    + "\"from\":{\"phone\":\"12125550101\"},\"text\":\"running late, see you at three\"}";
            spool.accept(new RawRecord("application/json", Content.ofUtf8(json), "request"));
        }
        return null;
    }
}
