// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers every question for a list with the same page. */
record OnePageSite(Merge1Site site, Merge1Page page) implements Merge1Site {

    @Override
    public Optional<Merge1Connector> findConnector(String name) throws IOException, InterruptedException {
        return site.findConnector(name);
    }

    @Override
    public Merge1Page itemsAfter(Merge1Connector connector, String cursor, @Nullable Merge1Window window, int limit) {
        return page;
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
