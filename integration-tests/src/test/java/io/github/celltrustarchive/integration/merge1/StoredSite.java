// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.merge1;

import io.github.celltrustarchive.merge1.Merge1Connector;
import io.github.celltrustarchive.merge1.Merge1Item;
import io.github.celltrustarchive.merge1.Merge1Page;
import io.github.celltrustarchive.merge1.Merge1Site;
import io.github.celltrustarchive.merge1.Merge1Window;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A site in memory, as a host would write one over whatever its site offers. Its cursors are places in the list. */
final class StoredSite implements Merge1Site {

    private final List<Merge1Item> items = new ArrayList<>();
    private final Map<String, byte[]> emails = new HashMap<>();

    void add(String id, byte[] email, Instant storedAt) {
        emails.put(id, email);
        items.add(new Merge1Item(id, email.length, sha256(email), storedAt, null, null));
    }

    @Override
    public Optional<Merge1Connector> findConnector(String name) {
        return Optional.of(new Merge1Connector("one", name));
    }

    @Override
    public Merge1Page itemsAfter(Merge1Connector connector, String cursor, @Nullable Merge1Window window, int limit) {
        int at = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
        List<Merge1Item> page = new ArrayList<>();
        for (; at < items.size() && page.size() < limit; at++) {
            Instant stored = items.get(at).storedAt();
            if (window == null || (!stored.isBefore(window.from()) && stored.isBefore(window.until()))) {
                page.add(items.get(at));
            }
        }
        return new Merge1Page(page, Integer.toString(at), at < items.size());
    }

    @Override
    public Optional<Merge1Item> item(Merge1Connector connector, String id) {
        return items.stream().filter(item -> item.id().equals(id)).findFirst();
    }

    @Override
    public InputStream open(Merge1Connector connector, Merge1Item item, long from) {
        byte[] email = emails.get(item.id());
        return new ByteArrayInputStream(email, (int) from, email.length - (int) from);
    }

    @Override
    public void acknowledge(Merge1Connector connector, String cursor) {}

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
