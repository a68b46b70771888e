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
     * Faults of all kinds, by chance. The same request has the same fate with the same seed, whatever other threads do, and
     * from its fourth time on nothing goes wrong with it, so that work gets done in the end.
     *
     * @param probability of a fault, 0 to 1
     * @param latest how late something takes effect at most
     */
    static GraphFaults seeded(long seed, double probability, Duration latest) {
        Map<Integer, Integer> times = new ConcurrentHashMap<>();
        List<String> waits = List.of("", "1", "0", "-1", "2", "soon", "Thu, 01 Jan 2026 00:00:00 GMT");
        return request -> {
            int identity = request.hashCode();
            int time = times.merge(identity, 1, Integer::sum);
            SplittableRandom random = new SplittableRandom(seed * 1_000_003 + identity * 31L + time);
            if (time > 3 || random.nextDouble() >= probability) {
                return GraphFault.NONE;
            }
            return switch (random.nextInt(8)) {
                case 0 -> GraphFault.of(GraphFault.Kind.DONE_THEN_504);
                case 1 -> GraphFault.of(GraphFault.Kind.DONE_THEN_CLOSED);
                case 2 -> GraphFault.appliedLate(Duration.ofMillis(random.nextLong(latest.toMillis() + 1)));
                case 3 -> GraphFault.of(GraphFault.Kind.UNAVAILABLE);
                case 4 -> GraphFault.throttled(waits.get(random.nextInt(waits.size())));
                case 5 ->
                    GraphFault.of(
                            request.path().contains("/attachments")
                                    ? GraphFault.Kind.NOT_FOUND_YET
                                    : GraphFault.Kind.UNAVAILABLE);
                case 6 -> GraphFault.of(GraphFault.Kind.EMPTY_SUCCESS);
                default -> GraphFault.of(GraphFault.Kind.TOKEN_REFUSED);
            };
        };
    }
}
