// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.spi.RecordException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a flat XML document: one element, whatever its name, whose child elements are the fields. Nothing outside the
 * document is ever opened: a document type is refused, so that there are no entities but XML's own five.
 */
final class XmlBody {

    private static final Pattern DECLARED =
            Pattern.compile("<\\?xml[^>]{0,100}?\\sencoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");

    private XmlBody() {}

    /** The charset of the transport wins over the document's (RFC 7303 section 3.2). */
    static void read(byte[] body, @Nullable String charset, FeedbackFields fields) {
        Charset encoding = charset != null ? StrictText.charset(charset) : encoding(body);
        String text = StrictText.decode(body, encoding);
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(text));
            try {
                read(reader, fields);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) { // its message quotes the record
            throw new RecordException("the record isn't well-formed XML, or has a document type or an entity"
                    + (e.getLocation() == null
                            ? ""
                            : ", at character " + e.getLocation().getCharacterOffset()));
        }
    }

    private static Charset encoding(byte[] body) {
        if (startsWith(body, 0xFE, 0xFF) || startsWith(body, 0xFF, 0xFE)) {
            return StandardCharsets.UTF_16;
        }
        Matcher declared =
                DECLARED.matcher(new String(body, 0, Math.min(body.length, 200), StandardCharsets.ISO_8859_1));
        return declared.find() && declared.start() <= 3 // behind a byte order mark
                ? StrictText.charset(declared.group(1))
                : StandardCharsets.UTF_8;
    }

    private static boolean startsWith(byte[] body, int first, int second) {
        return body.length >= 2 && body[0] == (byte) first && body[1] == (byte) second;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing outside the document is opened");
        });
        return factory;
    }

    private static void read(XMLStreamReader reader, FeedbackFields fields) throws XMLStreamException {
        int depth = 0;
        String name = "";
        StringBuilder value = new StringBuilder();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > 2) {
                        throw new RecordException("a field of the XML holds another one");
                    }
                    name = reader.getLocalName();
                    value.setLength(0);
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (depth-- == 2) {
                        fields.add(name, value.toString());
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (depth == 2) {
                        value.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
                    } else if (!reader.isWhiteSpace()) {
                        throw new RecordException("the XML has text outside its fields");
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new RecordException("the XML has a document type or an entity");
                default -> {
                    // comments and processing instructions mean nothing
                }
            }
        }
    }
}
