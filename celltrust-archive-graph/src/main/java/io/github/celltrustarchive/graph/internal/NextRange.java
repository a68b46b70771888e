// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code nextExpectedRanges} of an upload session, which Graph spells as {@code "0-"}, as {@code "3932160"} and as
 * {@code "3932160-7864319"}.
 *
 * <p>Fact: <a href="https://learn.microsoft.com/graph/outlook-large-attachments">attach large files to messages</a>.
 */
final class NextRange {

    private static final Pattern RANGE = Pattern.compile("\\s*(\\d{1,18})\\s*(?:-\\s*(?:\\d{1,18})?\\s*)?");

    private NextRange() {}

    /** Where the next bytes begin, or empty if the answer doesn't say. */
    static OptionalLong start(JsonNode session) {
        JsonNode ranges = session.path("nextExpectedRanges");
        JsonNode first = ranges.isArray() ? ranges.path(0) : ranges;
        Matcher matcher = RANGE.matcher(first.asText(""));
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
