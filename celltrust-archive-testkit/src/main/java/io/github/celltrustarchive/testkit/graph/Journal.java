// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the simulator remembers for its tests. Thread-safe. */
final class Journal {

    private final int keptCharacters;
    private final List<GraphRequestSeen> requests = new ArrayList<>();
    private final List<RecordedCall> calls = new ArrayList<>();
    private final List<String> unexpected = new ArrayList<>();
    private final Map<GraphFault.Kind, Long> faults = new EnumMap<>(GraphFault.Kind.class);
    private long kept;
    private int oldestKept;

    Journal(int keptCharacters) {
        this.keptCharacters = keptCharacters;
    }

    synchronized int request(GraphRequestSeen seen) {
        requests.add(seen);
        return requests.size();
    }

    synchronized void call(RecordedCall call) {
        calls.add(call);
        kept += call.size();
        while (kept > keptCharacters) {
            RecordedCall oldest = calls.get(oldestKept);
            kept -= oldest.size();
            calls.set(oldestKept++, oldest.withoutBodies());
        }
    }

    synchronized void fault(GraphFault.Kind kind) {
        if (kind != GraphFault.Kind.NONE) {
            faults.merge(kind, 1L, Long::sum);
        }
    }

    synchronized void unexpected(String what) {
        unexpected.add(what);
    }

    synchronized List<GraphRequestSeen> requests() {
        return List.copyOf(requests);
    }

    synchronized List<RecordedCall> calls() {
        return List.copyOf(calls);
    }

    synchronized List<String> unexpected() {
        return List.copyOf(unexpected);
    }

    synchronized Map<GraphFault.Kind, Long> faults() {
        return Map.copyOf(faults);
    }
}
