// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

/** A participant's place in the message, in the words of RFC 5322 section 3.6. */
public enum ParticipantRole {
    /** The author. */
    FROM,
    /** An addressee. */
    TO,
    /** Someone who got a copy. */
    CC,
    /** Someone who got a copy that the others can't see. */
    BCC
}
