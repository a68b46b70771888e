// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import io.github.celltrustarchive.model.Delivery;
import java.util.List;

/**
 * The ids of the extended properties that messages get, and nothing beside them: each new <em>named</em> property takes one of a
 * mailbox's definitions for good, and a mailbox whose definitions are used up refuses mail (Microsoft support, "Mailbox
 * named properties quota exceeded"). So the GUID and the two names never change, and no value ever becomes part of an id.
 */
final class ArchiveProperties {

    /** The project's own property set. */
    static final String PROPERTY_SET = "{bbc4b1de-d574-4346-bce7-99d37d979e9a}";

    /** Named: the archive key by which a message is found again; see {@link #key}. */
    static final String KEY = "String " + PROPERTY_SET + " Name CellTrustArchiveKey";

    /** Named: {@link #PARTIAL} or {@link #COMPLETE}. */
    static final String STATE = "String " + PROPERTY_SET + " Name CellTrustArchiveState";

    /** The message still lacks attachments. */
    static final String PARTIAL = "partial";

    /** The message has all attachments. */
    static final String COMPLETE = "complete";

    /** PidTagMessageFlags. */
    static final String FLAGS = "Integer 0x0E07";

    /** PidTagMessageDeliveryTime. */
    static final String RECEIVED = "SystemTime 0x0E06";

    /** PidTagClientSubmitTime. */
    static final String SENT = "SystemTime 0x0039";

    /** PidTagMessageClass. */
    static final String MESSAGE_CLASS = "String 0x001A";

    /** PidTagTransportMessageHeaders. */
    static final String HEADER = "String 0x007D";

    /** PidTagInReplyToId. */
    static final String IN_REPLY_TO = "String 0x1042";

    /** PidTagInternetReferences. */
    static final String REFERENCES = "String 0x1039";

    /** Every id that is ever sent. */
    static final List<String> ALL =
            List.of(FLAGS, RECEIVED, SENT, MESSAGE_CLASS, HEADER, IN_REPLY_TO, REFERENCES, KEY, STATE);

    private ArchiveProperties() {}

    /**
     * The value of {@link #KEY}: the item's key, which also stands in the email's {@code -Archive-Key} field. A mailbox holds one
     * copy of an item, so it identifies the delivery in its mailbox, with or without a Message-ID, and whatever folder the
     * owner moves it to. Lower-case hexadecimal digits, because Graph's filter doesn't tell cases apart.
     */
    static String key(Delivery delivery) {
        return delivery.envelope().key().hex();
    }
}
