// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/** Decides which requests go wrong, and how. May be asked by several threads at once. */
@FunctionalInterface
public interface GraphFaults {

    /** What goes wrong with this request; {@link GraphFault#NONE} for nothing. */
    GraphFault next(GraphRequestSeen request);

    /** Nothing goes wrong. */
    static GraphFaults none() {
        return request -> GraphFault.NONE;
    }

    /**
     * Faults of all kinds, by chance, on every request to Graph and to upload addresses. The same request has the same fate with
     * the same seed, whatever other threads do, and from its fourth time on nothing goes wrong with it, so that work gets done
     * in the end. {@code Retry-After} comes absent, as seconds, as a date ahead, as a date in the past, as zero, as a negative number and as nonsense, on 429
     * as on 503.
     *
     * @param probability of a fault, 0 to 1
     * @param latest how late something takes effect at most; an answer is delayed by a tenth of a second of it at most
     */
    static GraphFaults seeded(long seed, double probability, Duration latest) {
        Map<Integer, Integer> times = new ConcurrentHashMap<>();
        long slowest = Math.min(100, latest.toMillis());
        return request -> {
            int identity = request.hashCode();
            int time = times.merge(identity, 1, Integer::sum);
            SplittableRandom random = new SplittableRandom(seed * 1_000_003 + identity * 31L + time);
            if (time > 3 || random.nextDouble() >= probability) {
                return GraphFault.NONE;
            }
            return switch (random.nextInt(10)) {
                case 0 -> GraphFault.of(GraphFault.Kind.DONE_THEN_504);
                case 1 -> GraphFault.of(GraphFault.Kind.DONE_THEN_CLOSED);
                case 2 -> GraphFault.appliedLate(Duration.ofMillis(random.nextLong(latest.toMillis() + 1)));
                case 3 -> GraphFault.unavailable(retryAfter(random));
                case 4 -> GraphFault.throttled(retryAfter(random));
                case 5 ->
                    request.path().contains("/attachments")
                            ? GraphFault.of(GraphFault.Kind.NOT_FOUND_YET)
                            : GraphFault.unavailable(retryAfter(random));
                case 6 -> GraphFault.of(GraphFault.Kind.EMPTY_SUCCESS);
                case 7 -> GraphFault.of(GraphFault.Kind.CLOSED);
                case 8 -> GraphFault.delayed(Duration.ofMillis(random.nextLong(slowest + 1)));
                default ->
                    request.upload()
                            ? GraphFault.of(GraphFault.Kind.DONE_THEN_504)
                            : GraphFault.of(GraphFault.Kind.TOKEN_REFUSED);
            };
        };
    }

    private static String retryAfter(SplittableRandom random) {
        List<String> values = List.of("", "1", "0", "-1", "2", "soon", "+2", "Thu, 01 Jan 2026 00:00:00 GMT");
        return values.get(random.nextInt(values.size()));
    }
}
