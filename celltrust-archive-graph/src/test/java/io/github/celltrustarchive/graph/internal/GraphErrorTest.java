// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.celltrustarchive.graph.internal.GraphError.Meaning;
import io.github.celltrustarchive.spi.ArchiveException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphErrorTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({
        "400, InvalidInternetMessageHeader, BAD_REQUEST",
        "401, InvalidAuthenticationToken, UNAUTHENTICATED",
        "403, ErrorAccessDenied, ACCESS_DENIED",
        "403, Authorization_RequestDenied, DIRECTORY_DENIED",
        "404, ErrorItemNotFound, NOT_FOUND",
        "404, MailboxNotEnabledForRESTAPI, NO_MAILBOX",
        "404, '', NOT_FOUND",
        "400, '', NOT_FROM_GRAPH",
        "401, '', UNAUTHENTICATED",
        "403, '', NOT_FROM_GRAPH",
        "407, '', NOT_FROM_GRAPH",
        "403, SomethingNew, ACCESS_DENIED",
        "422, SomethingNew, BAD_REQUEST",
        "409, ErrorFolderExists, CONFLICT",
        "412, '', CONFLICT",
        "413, '', TOO_LARGE",
        "429, ApplicationThrottled, THROTTLED",
        "500, ErrorMessagePerFolderCountReceiveQuotaExceeded, FOLDER_FULL",
        "500, '', TRANSIENT",
        "503, ErrorServerBusy, TRANSIENT",
        "507, QuotaExceededException, MAILBOX_FULL",
        "509, '', TRANSIENT",
        "400, ErrorInternalServerError, TRANSIENT",
        "200, '', TRANSIENT",
        "408, '', TRANSIENT"
    })
    void theCodeDecidesBeforeTheStatus(int status, String code, Meaning meaning) {
        assertThat(error(status, code, "").meaning()).isEqualTo(meaning);
    }

    @Test
    void aFullMailboxAndOneThatCanDefineNoMorePropertiesAreToldApart() {
        assertThat(error(403, "ErrorQuotaExceeded", "Cannot get ID from name.").meaning())
                .isEqualTo(Meaning.NAMED_PROPERTIES_FULL);
        assertThat(error(403, "ErrorQuotaExceeded", "Mailbox has exceeded maximum mailbox size.")
                        .meaning())
                .isEqualTo(Meaning.MAILBOX_FULL);
    }

    @Test
    void anErrorNamesWhatHappenedAndWhatToDoAndNothingOfTheRequest() {
        GraphError error = error(403, "ErrorAccessDenied", "ann@contoso.example may not");

        assertThat(error.text())
                .isEqualTo(
                        "Microsoft Graph refuses access to this mailbox (403 ErrorAccessDenied, request-id r-1): grant"
                                + " Mail.ReadWrite for it, or take it out of the mapping");
    }

    @Test
    void aPageThatIsNoJsonIsReadByItsStatus() {
        GraphError error = GraphError.read(
                502, headers(Map.of()), "<html>Bad gateway</html>".getBytes(StandardCharsets.UTF_8), NOW);

        assertThat(error.meaning()).isEqualTo(Meaning.TRANSIENT);
        assertThat(error.code()).isEmpty();
    }

    @Test
    void aCodeOrRequestIdThatCouldForgeALogLineIsLeftOut() {
        GraphError error = error(400, "x\\r\\nforged", "");

        assertThat(error.code()).isEmpty();
    }

    @Test
    void onlyTroubleAtMicrosoftLeavesTheOutcomeUnknown() {
        GraphException trouble = new GraphException(error(504, "", ""));

        assertThat(trouble.orCertainly(CLOCK)).isSameAs(trouble);
    }

    @Test
    void anAnswerThatIsntGraphsLeavesTheOutcomeUnknownToo() {
        GraphException blocked = new GraphException(error(403, "", ""));

        assertThat(blocked.orCertainly(CLOCK)).isSameAs(blocked);
        assertThat(blocked).hasMessageContaining("proxy");
    }

    @Test
    void beingThrottledHoldsTheMailboxBackForAsLongAsWasAskedFor() {
        GraphError error = GraphError.read(429, headers(Map.of("Retry-After", List.of("7"))), new byte[0], NOW);

        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() -> new GraphException(error).orCertainly(CLOCK))
                .matches(e -> e.remedy() == ArchiveException.Remedy.RETRY)
                .matches(e -> e.notBefore().orElseThrow().equals(NOW.plusSeconds(7)));
    }

    private static GraphError error(int status, String code, String message) {
        String json = "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}";
        return GraphError.read(
                status, headers(Map.of("request-id", List.of("r-1"))), json.getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static HttpHeaders headers(Map<String, List<String>> fields) {
        return HttpHeaders.of(fields, (name, value) -> true);
    }
}
