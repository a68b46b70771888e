// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

/**
 * What a rendering changed or added, in the words of the {@code -Note} header. The raw record keeps what was changed.
 * The order of the constants is the order in the header.
 */
enum Note {
    /** Control characters or noncharacters in a header or file name became U+FFFD, a tab a space. */
    CONTROL_CHARACTERS("control-characters"),
    /** Invisible characters that change the direction of writing were taken out of a header or file name. */
    BIDI_CONTROLS("bidi-controls"),
    /** Half a surrogate pair became U+FFFD. */
    UNPAIRED_SURROGATES("unpaired-surrogates"),
    /** A header value or list was over its limit. */
    SHORTENED("shortened"),
    /** An email property isn't an address; a stand-in address takes its place. */
    INVALID_EMAIL("invalid-email"),
    /** A file name was changed beyond what the other notes say. */
    FILE_NAME("file-name"),
    /** A media type was reduced to its name, or replaced by {@code application/octet-stream}. */
    MEDIA_TYPE("media-type"),
    /** An attachment is over the size policy. */
    ATTACHMENT_LEFT_OUT("attachment-left-out"),
    /** The item has no text; the text part was made from its details. */
    NO_TEXT("no-text");

    private final String word;

    Note(String word) {
        this.word = word;
    }

    /** How the header spells it. */
    String word() {
        return word;
    }
}
