// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.merge1;

import io.github.celltrustarchive.testkit.merge1.Merge1Fault.Kind;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/** Decides what goes wrong with each request. Called by several threads at once. */
@FunctionalInterface
public interface Merge1Faults {

    /**
     * What goes wrong with this request.
     *
     * @param method the HTTP method
     * @param target path and query as received
     * @param range the {@code Range} header, or an empty text
     */
    Merge1Fault next(String method, String target, String range);

    /** Nothing goes wrong. */
    static Merge1Faults none() {
        return (method, target, range) -> Merge1Fault.NONE;
    }

    /**
     * Faults of all kinds, by chance, except those in which time passes. The same request has the same fate with the same
     * seed, and from its third time on nothing goes wrong with it, so that work gets done in the end.
     *
     * @param probability of a fault, 0 to 1
     * @param foreign an address on another host, for links and redirects
     */
    static Merge1Faults seeded(long seed, double probability, String foreign) {
        Map<String, Integer> times = new ConcurrentHashMap<>();
        List<Kind> kinds = List.of(Kind.values());
        List<String> waits = List.of("", "1", "0", "-1", "2", "soon", "Thu, 01 Jan 2026 00:00:00 GMT");
        return (method, target, range) -> {
            String request = method + " " + target + " " + range;
            int time = times.merge(request, 1, Integer::sum);
            SplittableRandom random = new SplittableRandom(seed * 1_000_003 + request.hashCode() * 31L + time);
            if (time > 2 || random.nextDouble() >= probability) {
                return Merge1Fault.NONE;
            }
            Kind kind = kinds.get(random.nextInt(kinds.size()));
            return switch (kind) {
                case DRIBBLED -> Merge1Fault.NONE;
                case UNAVAILABLE, THROTTLED -> new Merge1Fault(kind, waits.get(random.nextInt(waits.size())));
                case REDIRECTED, FOREIGN_LINKS -> new Merge1Fault(kind, foreign);
                default -> Merge1Fault.of(kind);
            };
        };
    }
}
