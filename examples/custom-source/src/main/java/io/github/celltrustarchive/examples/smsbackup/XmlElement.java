// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples.smsbackup;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * An element with its attributes and children; text between tags means nothing in this format and is left out.
 *
 * @param name without prefix
 * @param attributes in the document's order
 * @param children in the document's order
 */
record XmlElement(String name, Map<String, String> attributes, List<XmlElement> children) {

    private static final int MAX_DEPTH = 8;
    private static final int MAX_ELEMENTS = 10_000;

    /**
     * Reads a document that is known to fit into memory. Nothing outside it is opened, and it can't define entities.
     *
     * @throws XMLStreamException if it isn't well-formed UTF-8, has a document type, or is over the limits
     */
    static XmlElement parse(byte[] document) throws XMLStreamException {
        XMLStreamReader xml =
                hardened().createXMLStreamReader(new ByteArrayInputStream(document), StandardCharsets.UTF_8.name());
        try {
            return root(xml);
        } catch (IllegalArgumentException
                | IndexOutOfBoundsException e) { // the JDK's parser, given a surrogate pair apart
            throw new XMLStreamException("not well-formed", e);
        } finally {
            xml.close();
        }
    }

    /** A factory of its own for each document: the JDK doesn't promise that one may be shared by threads. */
    private static XMLInputFactory hardened() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory(); // the JDK's, whatever is on the class path
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing outside the document is opened");
        });
        return factory;
    }

    private static XmlElement root(XMLStreamReader xml) throws XMLStreamException {
        List<XmlElement> open = new ArrayList<>();
        XmlElement root = null;
        int elements = 0;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                XmlElement element = new XmlElement(xml.getLocalName(), attributesOf(xml), new ArrayList<>());
                if (open.size() == MAX_DEPTH || ++elements > MAX_ELEMENTS) {
                    throw new XMLStreamException("too deep or too many elements");
                }
                if (open.isEmpty()) {
                    root = element;
                } else {
                    open.get(open.size() - 1).children().add(element);
                }
                open.add(element);
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                open.remove(open.size() - 1);
            } else if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw new XMLStreamException("a document type or an entity");
            }
        }
        if (root == null) {
            throw new XMLStreamException("no element");
        }
        return root;
    }

    private static Map<String, String> attributesOf(XMLStreamReader xml) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
        }
        return attributes;
    }

    /** The attribute as it stands there, or null if it doesn't. */
    @Nullable
    String raw(String attribute) {
        return attributes.get(attribute);
    }

    /** The attribute, or null where it is missing, empty or {@code null}: the app spells a database's null that way. */
    @Nullable
    String get(String attribute) {
        String value = raw(attribute);
        return value == null || value.isEmpty() || value.equals("null") ? null : value;
    }

    /** The elements of this name in the lists of another, such as each {@code part} in {@code parts}. */
    Stream<XmlElement> listed(String list, String name) {
        return children.stream()
                .filter(child -> child.name.equals(list))
                .flatMap(child -> child.children.stream())
                .filter(child -> child.name.equals(name));
    }

    @Override
    public String toString() {
        return "XmlElement[" + attributes.size() + " attributes, " + children.size() + " children]";
    }
}
