// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.models.BlobItem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The blobs below a prefix, a page at a time, the next one when it is needed. */
final class BlobListing extends Spliterators.AbstractSpliterator<BlobItem> {

    private static final int PAGE = 1000;

    private final BlobContainer container;
    private final String prefix;
    private Iterator<BlobItem> page;
    private @Nullable String next;

    private BlobListing(BlobContainer container, String prefix) throws IOException {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.container = container;
        this.prefix = prefix;
        this.page = fetch(null);
    }

    /** Fetches the first page, so that what is wrong shows at once. */
    static Stream<BlobItem> open(BlobContainer container, String prefix) throws IOException {
        return StreamSupport.stream(new BlobListing(container, prefix), false);
    }

    @Override
    public boolean tryAdvance(Consumer<? super BlobItem> action) {
        while (!page.hasNext()) {
            if (next == null || next.isEmpty()) {
                return false;
            }
            try {
                page = fetch(next);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        action.accept(page.next());
        return true;
    }

    private Iterator<BlobItem> fetch(@Nullable String token) throws IOException {
        try {
            PagedResponse<BlobItem> response = container.list(prefix, PAGE, token);
            next = response.getContinuationToken();
            if (token != null && token.equals(next)) {
                throw new IOException("blob storage: the pages of a listing go round in a circle");
            }
            return response.getValue().iterator();
        } catch (BlobException e) {
            throw e.orStop();
        }
    }
}
