// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** A message created from MIME is a draft of now, whatever it says itself. */
final class MimeRules {

    private static final int MAX_LINE = 998;

    private MimeRules() {}

    static SimulatedMessage create(SimulatedMailbox mailbox, String folderId, byte[] body, Instant now) throws Refusal {
        byte[] mime;
        try {
            mime = Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content.");
        }
        String text = new String(mime, StandardCharsets.ISO_8859_1);
        if (text.replace("\r\n", "").contains("\n") || text.lines().anyMatch(line -> line.length() > MAX_LINE)) {
            throw Refusal.badRequest("UnableToDeserializePostBody", "were unable to deserialize ");
        }
        return new SimulatedMessage(
                mailbox.nextNumber(), folderId, GraphJson.object(), Map.of(), Map.of(), now, true, false);
    }
}
