// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import io.github.celltrustarchive.model.Delivery;
import java.io.IOException;

/** A way of creating messages in a folder of a mailbox. May be used by several threads at once. */
interface MessageCreation {

    /**
     * A message that was created.
     *
     * @param id its immutable id, not empty
     * @param form in which it was created
     */
    record Created(String id, MessageForm form) {}

    /**
     * Creates the message, or what of it goes into one request.
     *
     * @throws GraphException if Graph refused it
     * @throws IOException if it isn't known whether it was created; also after an answer of success without an id
     */
    Created create(Delivery delivery, String folderId, GraphMessage message) throws IOException, InterruptedException;
}
