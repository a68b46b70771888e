// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * What the site answered.
 *
 * @param status the HTTP status
 * @param headers as received
 * @param body as received, unpacked
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record SiteAnswer(int status, HttpHeaders headers, byte[] body) {

    /**
     * The JSON.
     *
     * @throws IOException if it is anything else, an HTML page for instance
     */
    public JsonNode json() throws IOException {
        requireType("application/json");
        return SiteJson.parse(body);
    }

    /** The site's clock, if it tells it. */
    public Optional<Instant> date() {
        try {
            return headers.firstValue("Date")
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    void requireType(String wanted) throws IOException {
        if (!mediaType().equals(wanted)) {
            throw new IOException("the site answered " + status + " with something that is not " + wanted
                    + ": a sign-in page or a gateway's error page, perhaps");
        }
    }

    String mediaType() {
        String type = headers.firstValue("Content-Type").orElse("");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** Shows the status only. */
    @Override
    public String toString() {
        return "SiteAnswer[" + status + "]";
    }
}
