// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.microsoft.aad.msal4j.HttpMethod;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Lets msal4j use the same HTTP client, deadline and limits as everything else. */
public final class MsalHttp implements IHttpClient {

    private final HttpExchanges exchanges;

    public MsalHttp(HttpExchanges exchanges) {
        this.exchanges = exchanges;
    }

    @Override
    public IHttpResponse send(com.microsoft.aad.msal4j.HttpRequest asked) throws Exception {
        String body = asked.body() == null ? "" : asked.body();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(asked.url().toString()));
        if (asked.headers() != null) {
            asked.headers().forEach(request::setHeader);
        }
        if (asked.httpMethod() == HttpMethod.GET) {
            request.GET();
        } else {
            request.method(asked.httpMethod().name(), HttpRequest.BodyPublishers.ofString(body));
        }
        return new Response(exchanges.send(request.build()));
    }

    private record Response(HttpResponse<byte[]> response) implements IHttpResponse {
        @Override
        public int statusCode() {
            return response.statusCode();
        }

        @Override
        public Map<String, List<String>> headers() {
            return response.headers().map();
        }

        @Override
        public String body() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "Response[" + response.statusCode() + "]";
        }
    }
}
