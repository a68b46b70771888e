// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

/**
 * What a message in Exchange doesn't say as its email does, in the words of the line that ends the header block
 * (PidTagTransportMessageHeaders). The order of the constants is the order in the line.
 */
enum MessageNote {
    /** The header is over the limit of its block, which ends early. */
    HEADER_SHORTENED("header-shortened", true),
    /** An id, name or subject is over its limit; the header has all of it. */
    VALUE_SHORTENED("value-shortened", false),
    /** More authors, recipients or reply addresses than Graph takes; the header names all. */
    ADDRESSES_LEFT_OUT("addresses-left-out", false),
    /** What stands in an address field isn't an address; a stand-in takes its place, or none for replies. */
    ADDRESS_INVALID("address-invalid", false),
    /** A time outside the years 1601 to 9999, for which Exchange has no number; the nearest one takes its place. */
    TIME_OUT_OF_RANGE("time-out-of-range", false),
    /** The text has characters that no client can show, or bytes that are none in its charset: U+FFFD instead. */
    CHARACTERS_REPLACED("characters-replaced", true),
    /** The text names no charset that is known here. */
    CHARSET_UNKNOWN("charset-unknown", true),
    /** The text is too long for the body of a message, and attached. */
    TEXT_ATTACHED("text-attached", false),
    /** A part, or the email as a whole, can't be taken apart. */
    UNREADABLE("unreadable", true),
    /** The email ends in the middle. */
    TRUNCATED("truncated", true),
    /** Sent without what the store refused: senders, reply-to, headers, Message-ID. */
    REDUCED_FIDELITY("reduced-fidelity", false);

    private final String word;
    private final boolean needsOriginal;

    MessageNote(String word, boolean needsOriginal) {
        this.word = word;
        this.needsOriginal = needsOriginal;
    }

    /** How the line spells it. */
    String word() {
        return word;
    }

    /** Whether only the email itself says what is missing, so that it is attached whatever the settings say. */
    boolean needsOriginal() {
        return needsOriginal;
    }
}
