// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import io.github.celltrustarchive.model.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The email's header as text for PidTagTransportMessageHeaders, which Outlook shows as <em>Internet headers</em>: every field as
 * it stands, encoded-words too, with CRLF line ends, at most {@value #MAX_BYTES} bytes of UTF-8; then, where there is
 * something to say, one line with the notes.
 */
final class TransportHeader {

    static final int MAX_BYTES = 32 << 10;

    private static final int FOR_NOTES = 512;

    private final StringBuilder text = new StringBuilder();

    private TransportHeader() {}

    /** Reads the header; notes if not all of it fits. */
    static TransportHeader read(Content eml, Set<MessageNote> notes) throws IOException {
        byte[] bytes;
        try (InputStream in = eml.open()) {
            bytes = in.readNBytes(MAX_BYTES);
        }
        boolean more = eml.size() > bytes.length;
        TransportHeader header = new TransportHeader();
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\r\n|\n|\r", -1);
        int size = 0;
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].isEmpty() && !(more && i == lines.length - 1)) {
                return header;
            }
            String line = CleanText.lines(CleanText.eightBit(lines[i])) + "\r\n";
            size += line.getBytes(StandardCharsets.UTF_8).length;
            boolean cut = more && i == lines.length - 1;
            if (cut || size > MAX_BYTES - FOR_NOTES) {
                notes.add(MessageNote.HEADER_SHORTENED);
                return header;
            }
            header.text.append(line);
        }
        return header;
    }

    /** The text, with what there is to note by now. */
    String with(Set<MessageNote> notes, String prefix) {
        if (notes.isEmpty()) {
            return text.toString();
        }
        String words = notes.stream().map(MessageNote::word).collect(Collectors.joining(", "));
        return text + prefix + "-Graph-Note: " + words + "\r\n";
    }

    /** Shows nothing of the header. */
    @Override
    public String toString() {
        return "TransportHeader[" + text.length() + "]";
    }
}
