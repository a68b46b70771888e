// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is known after one request whose answer is broken: nothing, and the request was sent once. */
class HttpExchangesTest {

    private static final int MAX_RESPONSE = 1_000;

    private final WireMockServer server =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aBrokenAnswerIsNoProofThatNothingWasSentAndNothingIsSentAgain(Fault fault) {
        server.stubFor(any(anyUrl()).willReturn(aResponse().withFault(fault)));

        Throwable thrown = catchThrowable(() -> post(Duration.ofSeconds(30)));

        assertUnknown(thrown);
        server.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void anAnswerThatDribblesEndsWithTheDeadline() {
        server.stubFor(
                any(anyUrl()).willReturn(aResponse().withBody("x".repeat(100)).withChunkedDribbleDelay(50, 30_000)));

        Throwable thrown = catchThrowable(() -> post(Duration.ofMillis(300)));

        assertUnknown(thrown);
        assertThat(thrown).hasMessageContaining("within");
    }

    @Test
    void anAnswerWithoutEndTakesNoMemory() {
        server.stubFor(any(anyUrl()).willReturn(aResponse().withBody("x".repeat(MAX_RESPONSE + 1))));

        assertUnknown(catchThrowable(() -> post(Duration.ofSeconds(30))));
    }

    @Test
    void aRedirectIsAnAnswerAndNotFollowed() throws Exception {
        server.stubFor(any(urlPathEqualTo("/upload")).willReturn(temporaryRedirect("/elsewhere")));

        HttpResponse<byte[]> response = post(Duration.ofSeconds(30));

        assertThat(response.statusCode()).isEqualTo(302);
        server.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void whereNobodyListensNothingWasSent() {
        String nowhere = server.baseUrl();
        server.stop();

        Throwable thrown = catchThrowable(() -> send(nowhere, Duration.ofSeconds(30)));

        assertThat(thrown).isInstanceOf(NotSentException.class);
    }

    private HttpResponse<byte[]> post(Duration deadline) throws IOException, InterruptedException {
        return send(server.baseUrl(), deadline);
    }

    private static HttpResponse<byte[]> send(String root, Duration deadline) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(root + "/upload?authtoken=canary"))
                .POST(BodyPublishers.ofString("text"))
                .build();
        return new HttpExchanges(HttpExchanges.newClient(), deadline, MAX_RESPONSE).send(request);
    }

    private static void assertUnknown(Throwable thrown) {
        assertThat(thrown).isInstanceOf(IOException.class).isNotInstanceOf(NotSentException.class);
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        assertThat(text.toString()).doesNotContain("canary");
    }
}
