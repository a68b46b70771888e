// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.testkit.ManualClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Mailboxes in memory that can do all that the contract asks for. */
final class PlainMailStore {

    static final String MISSING = "nobody@contract.example";

    /** A message in a folder. */
    record Kept(Delivery delivery, Content eml, String reference, boolean whole) {}

    private record Late(Instant at, Kept message) {}

    final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T08:00:00Z"));
    private final Map<String, Map<String, List<Kept>>> mailboxes = new TreeMap<>();
    private final List<Late> late = new ArrayList<>();
    private int lastNumber;

    boolean refusing;
    boolean losingAnswer;
    boolean breaking;
    boolean unreachable;

    synchronized List<Kept> folder(String mailboxId, String path) {
        return mailboxes
                .computeIfAbsent(mailboxId, id -> new TreeMap<>())
                .computeIfAbsent(path, p -> new ArrayList<>());
    }

    synchronized Map<String, List<Kept>> folders(String mailboxId) {
        applyLate();
        return mailboxes.getOrDefault(mailboxId, Map.of());
    }

    synchronized List<Kept> all(String mailboxId) {
        return folders(mailboxId).values().stream().flatMap(List::stream).toList();
    }

    synchronized List<Kept> all() {
        applyLate();
        return mailboxes.keySet().stream().flatMap(id -> all(id).stream()).toList();
    }

    synchronized String nextReference() {
        return "plain-" + ++lastNumber;
    }

    synchronized void add(Kept message) {
        folder(message.delivery().mailbox().id(), message.delivery().folder()).add(message);
    }

    synchronized void addLate(Instant at, Kept message) {
        late.add(new Late(at, message));
    }

    synchronized void remove(String mailboxId, String reference) {
        folders(mailboxId)
                .values()
                .forEach(folder -> folder.removeIf(m -> m.reference().equals(reference)));
    }

    private void applyLate() {
        Iterator<Late> writes = late.iterator();
        while (writes.hasNext()) {
            Late write = writes.next();
            if (!write.at().isAfter(clock.instant())) {
                writes.remove();
                add(write.message());
            }
        }
    }
}
