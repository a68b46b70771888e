// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import java.util.Objects;

/**
 * A message that is in a mailbox.
 *
 * @param mailbox the mailbox's id
 * @param id the message's immutable id, which is the delivery's reference
 */
record MessagePlace(String mailbox, String id) {

    MessagePlace {
        Objects.requireNonNull(mailbox, "mailbox");
        Objects.requireNonNull(id, "id");
    }

    /** Its path, percent-encoded. */
    String path() {
        return mailboxPath(mailbox) + "/messages/" + GraphRequest.encode(id);
    }

    static String mailboxPath(String mailbox) {
        return "/users/" + GraphRequest.encode(mailbox);
    }

    @Override
    public String toString() {
        return "MessagePlace[" + id + "]";
    }
}
