// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads a response body into memory up to a limit; a longer one is an error, however it is framed. */
final class SiteBody implements BodySubscriber<byte[]> {

    /** An answer is longer than it may be. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(int limit) {
            super("it is longer than " + limit
                    + " bytes. A list: raise maxListBytes; an item: the site must answer with"
                    + " the range that is asked for, or rangeBytes be raised");
        }
    }

    private final int limit;
    private final boolean unwanted;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    private SiteBody(int limit, boolean unwanted) {
        this.limit = limit;
        this.unwanted = unwanted;
    }

    static BodyHandler<byte[]> handler(int limit) {
        return head -> new SiteBody(limit, false);
    }

    /** As {@link #handler(int)}, but of a response whose head says that it isn't wanted no byte is read. */
    static BodyHandler<byte[]> handler(int limit, Predicate<ResponseInfo> unwanted) {
        return head -> new SiteBody(limit, unwanted.test(head));
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        if (unwanted) {
            newSubscription.cancel();
            body.complete(new byte[0]);
        } else {
            newSubscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (buffer.remaining() > limit - bytes.size()) {
                if (subscription != null) {
                    subscription.cancel();
                }
                body.completeExceptionally(new TooLongException(limit));
                return;
            }
            byte[] chunk = new byte[buffer.remaining()];
            buffer.get(chunk);
            bytes.writeBytes(chunk);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(bytes.toByteArray());
    }
}
