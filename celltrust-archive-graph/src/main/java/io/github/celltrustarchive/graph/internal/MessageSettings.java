// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import io.github.celltrustarchive.model.ConnectorProfile;
import java.util.Objects;

/**
 * How messages are written.
 *
 * @param profile the connector's names
 * @param read whether messages are marked read
 * @param attachOriginal whether every message gets the email it was made from as an attachment; where JSON can't say all
 *     of an email it gets it anyway
 * @param noteClass whether the message class is below {@code IPM.Note} instead of the profile's, for stores that refuse
 *     {@code IPM.ExternalData}
 * @param reducedFidelity whether to leave out what Graph may refuse: senders, reply-to, {@code X-} headers, Message-ID
 * @param inlineBudget how many raw bytes of attachments go into the request that creates the message
 */
record MessageSettings(
        ConnectorProfile profile,
        boolean read,
        boolean attachOriginal,
        boolean noteClass,
        boolean reducedFidelity,
        int inlineBudget) {

    /** Base64 adds a third, and Graph takes 4 MB in a request. */
    static final int MAX_INLINE_BUDGET = 2_000_000;

    MessageSettings {
        Objects.requireNonNull(profile, "profile");
        if (inlineBudget < 0 || inlineBudget > MAX_INLINE_BUDGET) {
            throw new IllegalArgumentException("inlineBudget must be 0 to " + MAX_INLINE_BUDGET);
        }
    }

    /** Read, no original, the profile's message class, full fidelity, the largest budget. */
    static MessageSettings of(ConnectorProfile profile) {
        return new MessageSettings(profile, true, false, false, false, MAX_INLINE_BUDGET);
    }

    MessageSettings withRead(boolean value) {
        return new MessageSettings(profile, value, attachOriginal, noteClass, reducedFidelity, inlineBudget);
    }

    MessageSettings withAttachOriginal(boolean value) {
        return new MessageSettings(profile, read, value, noteClass, reducedFidelity, inlineBudget);
    }

    MessageSettings withNoteClass(boolean value) {
        return new MessageSettings(profile, read, attachOriginal, value, reducedFidelity, inlineBudget);
    }

    MessageSettings withReducedFidelity(boolean value) {
        return new MessageSettings(profile, read, attachOriginal, noteClass, value, inlineBudget);
    }

    MessageSettings withInlineBudget(int value) {
        return new MessageSettings(profile, read, attachOriginal, noteClass, reducedFidelity, value);
    }

    /** The message class of items of this kind (MS-OXCMSG section 2.2.1.3). */
    String messageClass(String kind) {
        String own = profile.messageClass(kind);
        if (!noteClass || own.regionMatches(true, 0, "IPM.Note", 0, 8)) {
            return own;
        }
        for (String base : new String[] {"IPM.ExternalData.", "IPM."}) {
            if (own.regionMatches(true, 0, base, 0, base.length())) {
                return "IPM.Note." + own.substring(base.length());
            }
        }
        return "IPM.Note." + own;
    }
}
