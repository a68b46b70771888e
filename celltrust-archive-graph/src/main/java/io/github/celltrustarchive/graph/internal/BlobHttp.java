// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.FluxUtil;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends the Azure SDK's requests over the JDK's HTTP client, whole bodies at a time: none is larger than a block or a page of
 * a listing. The SDK's own adapter logs a warning for each request with a body, and takes no client that exists already.
 */
final class BlobHttp implements com.azure.core.http.HttpClient {

    /** Room for a page of a listing with long names; blocks are smaller. */
    private static final int MAX_RESPONSE = 16 << 20;

    /** What the JDK's client sets itself and lets nobody set. */
    private static final Set<String> RESTRICTED = Set.of("connection", "content-length", "expect", "host", "upgrade");

    private final HttpClient client;
    private final Duration timeout;

    BlobHttp(HttpClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return body(request)
                .flatMap(body ->
                        Mono.fromFuture(() -> client.sendAsync(http(request, body), LimitedBody.handler(MAX_RESPONSE))))
                .map(response -> new BlobHttpResponse(request, response));
    }

    private static Mono<byte[]> body(HttpRequest request) {
        Flux<ByteBuffer> body = request.getBody();
        return body == null ? Mono.just(new byte[0]) : FluxUtil.collectBytesInByteBufferStream(body);
    }

    private java.net.http.HttpRequest http(HttpRequest request, byte[] body) {
        java.net.http.HttpRequest.Builder http = java.net.http.HttpRequest.newBuilder(
                        URI.create(request.getUrl().toString()))
                .timeout(timeout)
                .method(
                        request.getHttpMethod().name(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        for (HttpHeader header : request.getHeaders()) {
            if (!RESTRICTED.contains(header.getName().toLowerCase(Locale.ROOT))) {
                header.getValuesList().forEach(value -> http.header(header.getName(), value));
            }
        }
        return http.build();
    }
}
