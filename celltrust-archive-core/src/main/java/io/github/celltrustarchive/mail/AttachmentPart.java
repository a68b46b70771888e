// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.DigestedContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/**
 * A part of the email for one attachment, or for the note that stands in for one that is left out. Immutable.
 *
 * <p>A picture that the HTML shows has a Content-ID and is an attachment all the same: readers go by the place of the part and by
 * the reference to it ([MS-OXCMAIL] section 2.2.3.4.1.4.1), and those that list attachments by disposition list it too.
 */
final class AttachmentPart {

    private enum Form {
        ATTACHED,
        SHOWN,
        LEFT_OUT
    }

    private final byte[] header;
    private final Form form;
    private final String name;
    private final String mediaType;
    private final DigestedContent content;
    private final String reference;

    private AttachmentPart(
            byte[] header, Form form, String name, String mediaType, DigestedContent content, String reference) {
        this.header = header;
        this.form = form;
        this.name = name;
        this.mediaType = mediaType;
        this.content = content;
        this.reference = reference;
    }

    static AttachmentPart attached(String name, String mediaType, DigestedContent content, Set<Note> notes) {
        return new AttachmentPart(header(name, mediaType, "", notes), Form.ATTACHED, name, mediaType, content, "");
    }

    /** An attachment that the HTML shows as a picture; {@code contentId} without angle brackets. */
    static AttachmentPart shown(
            String name, String mediaType, DigestedContent content, String contentId, Set<Note> notes) {
        return new AttachmentPart(
                header(name, mediaType, contentId, notes), Form.SHOWN, name, mediaType, content, contentId);
    }

    static AttachmentPart leftOut(
            String name, String mediaType, DigestedContent content, String archiveKey, Set<Note> notes) {
        notes.add(Note.ATTACHMENT_LEFT_OUT);
        HeaderFields header = new HeaderFields(notes);
        header.fixed("Content-Type", "text/plain; charset=utf-8");
        header.fixed("Content-Transfer-Encoding", TextEncoding.Kind.QUOTED_PRINTABLE.word());
        header.fixed("Content-Disposition", "inline");
        header.blankLine();
        return new AttachmentPart(header.toByteArray(), Form.LEFT_OUT, name, mediaType, content, archiveKey);
    }

    private static byte[] header(String name, String mediaType, String contentId, Set<Note> notes) {
        HeaderFields header = new HeaderFields(notes);
        header.parameters("Content-Type", mediaType, FileNames.fallback(name));
        header.fixed("Content-Transfer-Encoding", "base64");
        header.parameters("Content-Disposition", "attachment", FileNames.exact(name));
        if (!contentId.isEmpty()) {
            header.fixed("Content-ID", "<" + contentId + ">");
        }
        header.blankLine();
        return header.toByteArray();
    }

    boolean isShown() {
        return form == Form.SHOWN;
    }

    String name() {
        return name;
    }

    /** For {@code cid:} URLs (RFC 2392); empty unless the part is shown. */
    String contentId() {
        return isShown() ? reference : "";
    }

    /** Type, size, digest and, where it is so, that the email doesn't have it: for people, on one line. */
    String description() {
        return mediaType + ", " + size() + ", SHA-256 " + content.sha256()
                + (form == Form.LEFT_OUT ? "; over the size limit, not in this email but kept in the archive" : "");
    }

    void write(EmlWriter out) throws IOException {
        out.write(header, header.length);
        if (form == Form.LEFT_OUT) {
            TextEncoding text = TextEncoding.Kind.QUOTED_PRINTABLE.on(out);
            text.add(note());
            text.end();
        } else {
            try (InputStream in = content.open()) {
                out.base64(in, content.size());
            }
        }
    }

    private String note() {
        return "The attachment \"" + name + "\" is over the archive's size limit and is not part of this email.\r\n\r\n"
                + "File name: " + name + "\r\nMedia type: " + mediaType + "\r\nSize: " + size()
                + "\r\nSHA-256: " + content.sha256()
                + "\r\n\r\nNothing is lost: its bytes are kept in the archive's pack,"
                + " with the raw record of archive key\r\n" + reference + ".\r\n";
    }

    private String size() {
        return content.size() == 1 ? "1 byte" : grouped(content.size()) + " bytes";
    }

    /** With a comma in front of every three digits, in every locale. */
    static String grouped(long number) {
        StringBuilder text = new StringBuilder(Long.toString(number));
        for (int i = text.length() - 3; i > 0; i -= 3) {
            text.insert(i, ',');
        }
        return text.toString();
    }
}
