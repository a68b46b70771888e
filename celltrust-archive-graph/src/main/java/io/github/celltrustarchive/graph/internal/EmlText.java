// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the text of a part that becomes a message's body. */
final class EmlText {

    /** A request has 4 MB, in which the body may need three bytes for one, and attachments want to go along. */
    static final int MAX_BYTES = 1_000_000;

    /** Latin-1 with characters where that has controls: what calls itself Latin-1 is this (WHATWG Encoding, section 4.2). */
    private static final Charset WESTERN = Charset.forName("windows-1252");

    private EmlText() {}

    /**
     * The text, or empty if it has over {@value #MAX_BYTES} bytes.
     *
     * @throws MessagingException if its transfer encoding is unknown
     * @throws IOException if it can't be decoded, or not be read
     */
    static Optional<String> read(EmlPart part, @Nullable ContentType type, Set<MessageNote> notes)
            throws MessagingException, IOException {
        byte[] bytes;
        try (InputStream in = part.decoded()) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            return Optional.empty();
        }
        String text = decode(bytes, charset(type, notes));
        String clean = CleanText.lines(text);
        if (!clean.equals(text) || text.indexOf('\uFFFD') >= 0) {
            notes.add(MessageNote.CHARACTERS_REPLACED);
        }
        return Optional.of(clean);
    }

    /** The declared charset, or null where what the bytes look like decides. */
    private static @Nullable Charset charset(@Nullable ContentType type, Set<MessageNote> notes) {
        String declared = type == null ? null : type.getParameter("charset");
        if (declared == null || declared.equalsIgnoreCase("us-ascii")) {
            return null; // 8-bit text without a word about it is common
        }
        try {
            Charset known = Charset.forName(MimeUtility.javaCharset(declared.strip()));
            return known.equals(StandardCharsets.ISO_8859_1) ? WESTERN : known;
        } catch (IllegalArgumentException e) {
            notes.add(MessageNote.CHARSET_UNKNOWN);
            return null;
        }
    }

    private static String decode(byte[] bytes, @Nullable Charset charset) {
        if (charset != null) {
            return new String(bytes, charset);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, WESTERN);
        }
    }
}
