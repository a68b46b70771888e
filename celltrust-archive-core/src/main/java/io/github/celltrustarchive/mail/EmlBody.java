// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.ItemKey;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;

/**
 * The body: text and HTML as {@code multipart/alternative}; with attachments that, and them, in a {@code multipart/mixed}.
 * Immutable; may be written several times, and by several threads at once.
 *
 * <p>A boundary can't occur in what it separates: every part is Base64, which has no underscore and an equals sign only
 * in front of a line end, or quoted-printable, in which an equals sign is always followed by a hexadecimal digit or a line
 * end. The boundaries have {@code =_}.
 */
final class EmlBody {

    private final String mixed;
    private final String alternative;
    private final String subject;
    private final String text;
    private final TextShape shape;
    private final Details details;
    private final List<AttachmentPart> parts;

    EmlBody(ItemKey key, String subject, String text, TextShape shape, Details details, List<AttachmentPart> parts) {
        String digest = key.hex().substring(0, 32);
        mixed = "=_m_" + digest;
        alternative = "=_a_" + digest;
        this.subject = subject;
        this.text = text;
        this.shape = shape;
        this.details = details;
        this.parts = List.copyOf(parts);
    }

    /** Ends the email's header: version, content type, empty line. */
    void describe(HeaderFields header) {
        header.fixed("MIME-Version", "1.0");
        multipart(header, parts.isEmpty() ? "alternative" : "mixed", parts.isEmpty() ? alternative : mixed);
    }

    void write(EmlWriter out) throws IOException {
        if (parts.isEmpty()) {
            alternatives(out);
            out.endLine();
            return;
        }
        out.firstDelimiter(mixed);
        HeaderFields header = new HeaderFields(EnumSet.noneOf(Note.class));
        multipart(header, "alternative", alternative);
        write(out, header);
        alternatives(out);
        for (AttachmentPart part : parts) {
            out.delimiter(mixed);
            part.write(out);
        }
        out.closeDelimiter(mixed);
        out.endLine();
    }

    private void alternatives(EmlWriter out) throws IOException {
        out.firstDelimiter(alternative);
        TextEncoding plain = begin(out, "text/plain; charset=utf-8", shape.encoding(0));
        plainText(plain);
        plain.end();
        out.delimiter(alternative);
        TextEncoding html = begin(out, "text/html; charset=utf-8", shape.encoding(HtmlBody.TYPICAL_SIZE));
        HtmlBody.write(html, subject, text, details);
        html.end();
        out.closeDelimiter(alternative);
    }

    /** The message's text as it is; the details only where there is no text. */
    private void plainText(TextEncoding out) throws IOException {
        if (!text.isEmpty()) {
            out.add(text);
            return;
        }
        out.add("[" + subject + ": no text]\r\n\r\n");
        // One detail, one line, whatever it holds: nobody forges another one
        details.to((label, value) -> out.add(line(label) + ": " + line(value) + "\r\n"));
    }

    private static String line(String value) {
        return HeaderText.clean(value, HeaderText.MAX_VALUE, EnumSet.noneOf(Note.class));
    }

    private TextEncoding begin(EmlWriter out, String contentType, TextEncoding.Kind encoding) throws IOException {
        HeaderFields header = new HeaderFields(EnumSet.noneOf(Note.class));
        header.fixed("Content-Type", contentType);
        header.fixed("Content-Transfer-Encoding", encoding.word());
        header.blankLine();
        write(out, header);
        return encoding.on(out);
    }

    private static void multipart(HeaderFields header, String subtype, String boundary) {
        header.parameters("Content-Type", "multipart/" + subtype, List.of("boundary=\"" + boundary + "\""));
        header.blankLine();
    }

    private static void write(EmlWriter out, HeaderFields header) throws IOException {
        byte[] bytes = header.toByteArray();
        out.write(bytes, bytes.length);
    }
}
