// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.celltrustarchive.model.Delivery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Turns staged emails into what Microsoft Graph takes. May be used by several threads at once. */
final class MessageFactory {

    private final MessageSettings settings;
    private final Path temporaryFolder;

    /** Emails over a few hundred KB are copied to {@code temporaryFolder}, which exists, while they are open. */
    MessageFactory(MessageSettings settings, Path temporaryFolder) {
        this.settings = settings;
        this.temporaryFolder = temporaryFolder;
    }

    MessageSettings settings() {
        return settings;
    }

    /**
     * The message of a delivery; whoever asks closes it. There is no email of which no message can be made: one that can't
     * be taken apart is attached whole.
     *
     * @throws IOException if the staged email, or the temporary file, can't be read or written now; nothing has been sent
     */
    GraphMessage make(Delivery delivery) throws IOException {
        return new GraphMessage(
                EmlMessage.open(delivery.eml(), temporaryFolder), JsonNodeFactory.instance.objectNode(), List.of(), 0, false);
    }
}
