// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes an email apart into what a message in Exchange has: one body, and files.
 *
 * <p>The body is the first text: of a {@code multipart/alternative} its HTML and, should that be missing or too large, its plain text. Every other
 * part that isn't a multipart becomes a file with exactly its bytes: further texts, whole emails and types that nobody knows
 * too. Of an alternative's two texts only one is taken, because they say the same (RFC 2046 section 5.1.4). Parts that can't
 * be decoded, or are nested too deeply, are noted, which makes the email itself an attachment.
 */
final class EmlParts {

    private static final int MAX_DEPTH = 20;
    private static final int MAX_FILES = 2000;

    /**
     * A part that becomes a file.
     *
     * @param part which
     * @param type its type, or null if what it declares is none
     * @param fallbackName what it is called if it has no name
     * @param content its bytes
     */
    record FilePart(EmlPart part, @Nullable ContentType type, String fallbackName, PartContent content) {

        /** What it is called in the mailbox. */
        String name() {
            return AttachmentNames.name(part, fallbackName);
        }

        /** Shows no name. */
        @Override
        public String toString() {
            return "FilePart[" + content.size() + " bytes]";
        }
    }

    private final Set<MessageNote> notes;
    private final List<FilePart> files = new ArrayList<>();
    private @Nullable String html;
    private @Nullable String text;
    private @Nullable FilePart longText;
    private boolean bodyFound;

    private EmlParts(Set<MessageNote> notes) {
        this.notes = notes;
    }

    /** The parts of an email with this root; what can't be taken is noted. */
    static EmlParts of(EmlPart root, Set<MessageNote> notes) {
        EmlParts parts = new EmlParts(notes);
        parts.take(root, 0, true);
        return parts;
    }

    /** The body in HTML, or null. */
    @Nullable
    String html() {
        return html;
    }

    /** The body in plain text, or null. */
    @Nullable
    String text() {
        return text;
    }

    /** The file that would be the body if it were shorter, or null. */
    @Nullable
    FilePart longText() {
        return longText;
    }

    /** The files, in the order of the email. */
    List<FilePart> files() {
        return files;
    }

    /** Takes a part; it may become the body if {@code body}. */
    private void take(EmlPart part, int depth, boolean body) {
        ContentType type = part.type();
        try {
            if (type != null && type.match("multipart/*")) {
                takeMultipart(part, type, depth, body);
            } else if (files.size() >= MAX_FILES) {
                notes.add(MessageNote.UNREADABLE);
            } else if (!body || !isText(part, type, depth)) {
                takeFile(part, type);
            } else {
                takeText(part, type);
            }
        } catch (MessagingException | IOException | RuntimeException e) {
            notes.add(MessageNote.UNREADABLE); // the mail library meets hostile bytes with exceptions of any type
        }
    }

    private void takeMultipart(EmlPart part, ContentType type, int depth, boolean body)
            throws MessagingException, IOException {
        if (depth >= MAX_DEPTH) {
            throw new MessagingException("nested over " + MAX_DEPTH + " levels");
        }
        EmlMultipart multipart = EmlMultipart.of(part, type);
        if (!multipart.isComplete()) {
            notes.add(MessageNote.TRUNCATED);
        }
        boolean alternative = type.match("multipart/alternative");
        boolean related = type.match("multipart/related");
        boolean first = true;
        for (EmlPart child : multipart.all()) {
            boolean allowed = alternative || (related ? first : !bodyFound);
            take(child, depth + 1, body && allowed);
            first = false;
        }
    }

    private static boolean isText(EmlPart part, @Nullable ContentType type, int depth) {
        if (type == null) {
            return depth == 0; // RFC 2045 section 5.2
        }
        boolean shown = !Part.ATTACHMENT.equalsIgnoreCase(part.disposition().getDisposition())
                && part.disposition().getParameter("filename") == null;
        return shown && (type.match("text/plain") || type.match("text/html"));
    }

    /** Takes the body; as a file if there is a body of this type already, or if it is too long to be one. */
    private void takeText(EmlPart part, @Nullable ContentType type) throws MessagingException, IOException {
        boolean isHtml = type != null && type.match("text/html");
        if ((isHtml ? html : text) != null) {
            takeFile(part, type);
            return;
        }
        bodyFound = true;
        Optional<String> read = EmlText.read(part, type, notes);
        if (read.isEmpty()) {
            notes.add(MessageNote.TEXT_ATTACHED);
            longText = takeFile(part, type);
        } else if (isHtml) {
            html = read.get();
        } else {
            text = read.get();
        }
    }

    private FilePart takeFile(EmlPart part, @Nullable ContentType type) throws MessagingException, IOException {
        String stem = "attachment-" + (files.size() + 1);
        String extension = "";
        if (type != null && type.match("text/plain")) {
            extension = ".txt";
        } else if (type != null && type.match("text/html")) {
            extension = ".html";
        } else if (type != null && type.match("message/rfc822")) {
            extension = ".eml";
        }
        FilePart file = new FilePart(part, type, stem + extension, PartContent.of(part));
        files.add(file);
        return file;
    }
}
