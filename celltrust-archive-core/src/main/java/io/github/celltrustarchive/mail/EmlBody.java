// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.ItemKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * The body: text and HTML as {@code multipart/alternative}; with pictures that the HTML shows, that and them in a
 * {@code multipart/related} ([MS-OXCMAIL] section 2.1.3.3.3 has the same order); with other attachments, all of it in a
 * {@code multipart/mixed}. So pictures are in no alternative, and a reader of plain text has them too. Immutable; may be written several times, and by several threads at once.
 *
 * <p>A boundary can't occur in what it separates: every part is Base64, which has no underscore and an equals sign only
 * in front of a line end, or quoted-printable, in which an equals sign is always followed by a hexadecimal digit or a line
 * end. The boundaries have {@code =_}.
 */
final class EmlBody {

    private final String mixed;
    private final String related;
    private final String alternative;
    private final Headline headline;
    private final String text;
    private final TextShape shape;
    private final Details details;
    private final List<AttachmentPart> shown;
    private final List<AttachmentPart> attached;

    EmlBody(ItemKey key, Headline headline, String text, TextShape shape, Details details, List<AttachmentPart> parts) {
        String digest = key.hex().substring(0, 32);
        mixed = "=_m_" + digest;
        related = "=_r_" + digest;
        alternative = "=_a_" + digest;
        this.headline = headline;
        this.text = text;
        this.shape = shape;
        this.details = details;
        shown = parts.stream().filter(AttachmentPart::isShown).toList();
        attached = parts.stream().filter(part -> !part.isShown()).toList();
    }

    /** Ends the email's header: version, content type, empty line. */
    void describe(HeaderFields header) {
        header.fixed("MIME-Version", "1.0");
        if (attached.isEmpty()) {
            describeShown(header);
        } else {
            multipart(header, "mixed", mixed, List.of());
        }
    }

    void write(EmlWriter out) throws IOException {
        if (attached.isEmpty()) {
            shown(out);
            out.endLine();
            return;
        }
        out.firstDelimiter(mixed);
        HeaderFields header = new HeaderFields(EnumSet.noneOf(Note.class));
        describeShown(header);
        write(out, header);
        shown(out);
        parts(out, mixed, attached);
        out.endLine();
    }

    private void describeShown(HeaderFields header) {
        if (shown.isEmpty()) {
            multipart(header, "alternative", alternative, List.of());
        } else {
            multipart(header, "related", related, List.of("type=\"multipart/alternative\""));
        }
    }

    private void shown(EmlWriter out) throws IOException {
        if (shown.isEmpty()) {
            alternatives(out);
            return;
        }
        out.firstDelimiter(related);
        HeaderFields header = new HeaderFields(EnumSet.noneOf(Note.class));
        multipart(header, "alternative", alternative, List.of());
        write(out, header);
        alternatives(out);
        parts(out, related, shown);
    }

    private static void parts(EmlWriter out, String boundary, List<AttachmentPart> parts) throws IOException {
        for (AttachmentPart part : parts) {
            out.delimiter(boundary);
            part.write(out);
        }
        out.closeDelimiter(boundary);
    }

    private void alternatives(EmlWriter out) throws IOException {
        out.firstDelimiter(alternative);
        TextEncoding plain = begin(out, "text/plain; charset=utf-8", shape.encoding(0));
        plainText(plain);
        plain.end();
        out.delimiter(alternative);
        TextEncoding html = begin(out, "text/html; charset=utf-8", shape.encoding(HtmlBody.TYPICAL_SIZE));
        new HtmlBody(html, headline, details, shown).write(text);
        html.end();
        out.closeDelimiter(alternative);
    }

    /**
     * What was written, as it is and with nothing beside it. In front of the text of an event stands in brackets what happened;
     * without a text, the details follow.
     */
    private void plainText(TextEncoding out) throws IOException {
        if (headline.isEvent() || text.isEmpty()) {
            out.add("[" + headline + (headline.isEvent() ? "]\r\n\r\n" : ": no text]\r\n\r\n"));
        }
        if (!text.isEmpty()) {
            out.add(text);
            return;
        }
        // One detail, one line, whatever it holds: nobody forges another one
        details.to((label, pieces) -> out.add(line(label) + ": " + line(String.join(", ", pieces)) + "\r\n"));
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

    private static void multipart(HeaderFields header, String subtype, String boundary, List<String> more) {
        List<String> parameters = new ArrayList<>(more);
        parameters.add("boundary=\"" + boundary + "\"");
        header.parameters("Content-Type", "multipart/" + subtype, parameters);
        header.blankLine();
    }

    private static void write(EmlWriter out, HeaderFields header) throws IOException {
        byte[] bytes = header.toByteArray();
        out.write(bytes, bytes.length);
    }
}
