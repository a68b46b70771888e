// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.DigestedContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A part of the email for one attachment, or for the note that stands in for one that is left out. Immutable. */
final class AttachmentPart {

    private final byte[] header;
    private final @Nullable DigestedContent content;
    private final String note;

    /** With the header up to its empty line, and either a content or a note. */
    private AttachmentPart(byte[] header, @Nullable DigestedContent content, String note) {
        this.header = header;
        this.content = content;
        this.note = note;
    }

    static AttachmentPart of(String name, String mediaType, DigestedContent content, Set<Note> notes) {
        HeaderFields header = new HeaderFields(notes);
        header.parameters("Content-Type", mediaType, FileNames.fallback(name));
        header.fixed("Content-Transfer-Encoding", "base64");
        header.parameters("Content-Disposition", "attachment", FileNames.exact(name));
        header.blankLine();
        return new AttachmentPart(header.toByteArray(), content, "");
    }

    static AttachmentPart leftOut(
            String name, String mediaType, DigestedContent content, String archiveKey, Set<Note> notes) {
        notes.add(Note.ATTACHMENT_LEFT_OUT);
        HeaderFields header = new HeaderFields(notes);
        header.fixed("Content-Type", "text/plain; charset=utf-8");
        header.fixed("Content-Transfer-Encoding", TextEncoding.Kind.QUOTED_PRINTABLE.word());
        header.fixed("Content-Disposition", "inline");
        header.blankLine();
        String note = "This attachment is over the archive's size limit and is not part of this email.\r\n\r\n"
                + "File name: " + name + "\r\nMedia type: " + mediaType + "\r\nSize: " + content.size()
                + " bytes\r\nSHA-256: " + content.sha256() + "\r\n\r\nIts bytes are kept in the archive's pack,"
                + " with the raw record of archive key " + archiveKey + ".\r\n";
        return new AttachmentPart(header.toByteArray(), null, note);
    }

    void write(EmlWriter out) throws IOException {
        out.write(header, header.length);
        if (content == null) {
            TextEncoding text = TextEncoding.Kind.QUOTED_PRINTABLE.on(out);
            text.add(note);
            text.end();
        } else {
            try (InputStream in = content.open()) {
                out.base64(in, content.size());
            }
        }
    }
}
