// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has no items and always more. */
final class EndlessSite implements Merge1Site {

    private final Merge1Site site;
    private int pages;

    EndlessSite(Merge1Site site) {
        this.site = site;
    }

    @Override
    public Optional<Merge1Connector> findConnector(String name) throws IOException, InterruptedException {
        return site.findConnector(name);
    }

    @Override
    public Merge1Page itemsAfter(Merge1Connector connector, String cursor, @Nullable Merge1Window window, int limit) {
        return new Merge1Page(List.of(), "cursor " + ++pages, true);
    }

    @Override
    public Optional<Merge1Item> item(Merge1Connector connector, String id) {
        return Optional.empty();
    }

    @Override
    public InputStream open(Merge1Connector connector, Merge1Item item, long from) {
        return InputStream.nullInputStream();
    }

    @Override
    public void acknowledge(Merge1Connector connector, String cursor) {}
}
