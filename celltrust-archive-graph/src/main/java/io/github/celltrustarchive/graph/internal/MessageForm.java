// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** In which form a message was written; its state property tells, so that every process goes on in the same one. */
enum MessageForm {
    /** From JSON, with all that JSON can say. */
    FULL(""),
    /** From JSON, without what Graph refused. */
    REDUCED(" reduced"),
    /** From the email itself. It has its attachments from the beginning, and no state until it is complete. */
    MIME(" mime");

    private final String suffix;

    MessageForm(String suffix) {
        this.suffix = suffix;
    }

    /** The state of a message that has everything. */
    String complete() {
        return ArchiveProperties.COMPLETE + suffix;
    }

    /** Sets this form in a request that creates a message. */
    void mark(ObjectNode createRequest) {
        for (JsonNode property : createRequest.path("singleValueExtendedProperties")) {
            if (ArchiveProperties.STATE.equals(property.path("id").asText())) {
                String state = property.path("value").asText();
                ((ObjectNode) property).put("value", state + suffix);
            }
        }
    }

    /** Of a message that was read with its state. */
    static MessageForm of(JsonNode message) {
        boolean marked = GraphJson.property(message, ArchiveProperties.KEY).isPresent();
        String state = GraphJson.property(message, ArchiveProperties.STATE).orElse(marked ? FULL.suffix : MIME.suffix);
        if (state.endsWith(MIME.suffix)) {
            return MIME;
        }
        return state.endsWith(REDUCED.suffix) ? REDUCED : FULL;
    }

    /** Whether a message that was read says that it is complete. */
    static boolean isComplete(JsonNode message) {
        return GraphJson.property(message, ArchiveProperties.STATE)
                .filter(state -> state.startsWith(ArchiveProperties.COMPLETE))
                .isPresent();
    }
}
