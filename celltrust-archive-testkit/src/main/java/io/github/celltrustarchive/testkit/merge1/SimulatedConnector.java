// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.merge1;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.DigestedContent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A connector of the site and its items, in the order in which the site lists them. Thread-safe. */
public final class SimulatedConnector {

    private static final long GAP = 1_000_000;

    private final String id;
    private final String name;
    private final List<SimulatedItem> items = new ArrayList<>();
    private final Set<String> shown = new HashSet<>();
    private final List<String> acknowledged = new ArrayList<>();
    private long last;
    private boolean deleting;

    SimulatedConnector(String id, String name) {
        this.id = id;
        this.name = name;
    }

    /** The site's id. */
    public String id() {
        return id;
    }

    /** The name by which it is looked for. */
    public String name() {
        return name;
    }

    /** Adds an item at the end of the list. The content is read once, and again whenever the item is asked for. */
    public synchronized void add(String itemId, Content eml, Instant storedAt) throws IOException {
        last += GAP;
        items.add(new SimulatedItem(last, itemId, DigestedContent.of(eml), storedAt));
    }

    /** Adds an item before all that are listed already, as if it had been stored long since. */
    public synchronized void addLate(String itemId, Content eml, Instant storedAt) throws IOException {
        long first = items.isEmpty() ? GAP : items.get(0).order();
        items.add(0, new SimulatedItem(first - 1, itemId, DigestedContent.of(eml), storedAt));
    }

    /** Gives an item other bytes. */
    public synchronized void change(String itemId, Content eml) throws IOException {
        DigestedContent changed = DigestedContent.of(eml);
        items.replaceAll(item -> item.id().equals(itemId) ? item.with(changed) : item);
    }

    /** The item is gone. */
    public synchronized void remove(String itemId) {
        items.removeIf(item -> item.id().equals(itemId));
    }

    /** Whether what was shown without a window and is acknowledged is deleted at once. Default false. */
    public synchronized void deleteAcknowledged(boolean value) {
        deleting = value;
    }

    /** The cursors that were acknowledged, in order. */
    public synchronized List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** How many items are acknowledged by the latest of them, counted in the list as it is now. */
    public synchronized long acknowledgedItems() {
        long reached = acknowledged.stream()
                .mapToLong(cursor -> orderOf(cursor).orElseThrow())
                .max()
                .orElse(0);
        return items.stream().filter(item -> item.order() <= reached).count();
    }

    synchronized void acknowledge(String cursor) {
        long reached = orderOf(cursor).orElseThrow();
        acknowledged.add(cursor);
        if (deleting) {
            items.removeIf(item -> item.order() <= reached && shown.contains(item.id()));
        }
    }

    /** A page without a window shows these. */
    synchronized void show(List<SimulatedItem> page) {
        page.forEach(item -> shown.add(item.id()));
    }

    synchronized Optional<SimulatedItem> item(String itemId) {
        return items.stream().filter(item -> item.id().equals(itemId)).findFirst();
    }

    /** Items after a place in the list, one more than the limit if there are more. */
    synchronized List<SimulatedItem> after(long order, Predicate<SimulatedItem> wanted, int limit) {
        return items.stream()
                .filter(item -> item.order() > order)
                .filter(wanted)
                .sorted(Comparator.comparingLong(SimulatedItem::order))
                .limit(limit + 1L)
                .toList();
    }

    /** The place that is {@code limit} wanted items before another one. */
    synchronized long before(long order, Predicate<SimulatedItem> wanted, int limit) {
        List<Long> earlier = items.stream()
                .filter(item -> item.order() <= order)
                .filter(wanted)
                .map(SimulatedItem::order)
                .sorted(Comparator.reverseOrder())
                .toList();
        return earlier.size() <= limit ? Long.MIN_VALUE : earlier.get(limit);
    }

    static String cursor(long order) {
        return "after:" + order;
    }

    /** The same place under another name. */
    static String alias(String cursor) {
        return cursor.isEmpty() ? cursor(Long.MIN_VALUE) + ":1" : cursor + ":1";
    }

    /** The place of a cursor; empty if it is none. */
    static Optional<Long> orderOf(String cursor) {
        if (cursor.isEmpty()) {
            return Optional.of(Long.MIN_VALUE);
        }
        String[] parts = Objects.requireNonNull(cursor, "cursor").split(":", -1);
        try {
            return parts.length >= 2 && parts[0].equals("after")
                    ? Optional.of(Long.parseLong(parts[1]))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
