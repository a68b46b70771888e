// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import jakarta.activation.DataSource;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.ParseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a multipart, within limits of memory, and whatever {@code mail.mime.multipart.*} system properties the host has
 * set. Bytes in front of the first part and behind the last are for software that doesn't know MIME (RFC 2046 section 5.1.1),
 * and no part.
 */
final class EmlMultipart extends MimeMultipart {

    /** The mail library keeps what is in front of the first part in memory. */
    private static final int MAX_PREAMBLE = 1 << 16;

    /** Of one multipart; each has a header and a buffer in memory. */
    private static final int MAX_PARTS = 1000;

    private static final int MAX_BOUNDARY = 200; // RFC 2046 section 5.1.1 allows 70

    private final String childType;
    private int created;

    private EmlMultipart(DataSource source, String childType) throws MessagingException {
        super(source);
        this.childType = childType;
    }

    /**
     * Finds the parts.
     *
     * @throws MessagingException if there is no boundary, or more than there is memory for
     */
    static EmlMultipart of(EmlPart part, ContentType type) throws MessagingException, IOException {
        String boundary = type.getParameter("boundary");
        if (boundary == null || boundary.isBlank() || boundary.length() > MAX_BOUNDARY) {
            throw new ParseException("no boundary");
        }
        requireDelimiter(part, "--" + boundary.stripTrailing());
        boolean digest = type.getSubType().equalsIgnoreCase("digest");
        EmlMultipart multipart =
                new EmlMultipart(new RawSource(part, type.toString()), digest ? "message/rfc822" : "text/plain");
        multipart.parse();
        return multipart;
    }

    private static void requireDelimiter(EmlPart part, String delimiter) throws MessagingException, IOException {
        byte[] start;
        try (InputStream in = part.raw()) {
            start = in.readNBytes(MAX_PREAMBLE);
        }
        String text = new String(start, StandardCharsets.ISO_8859_1);
        String bytes = new String(delimiter.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
        if (text.lines().noneMatch(line -> line.stripTrailing().equals(bytes))) {
            throw new ParseException("no part begins within " + MAX_PREAMBLE + " bytes");
        }
    }

    @Override
    protected void initializeProperties() {
        ignoreMissingEndBoundary = true;
        ignoreMissingBoundaryParameter = false;
        ignoreExistingBoundaryParameter = false;
        allowEmpty = false;
    }

    @Override
    protected MimeBodyPart createMimeBodyPart(InputStream in) throws MessagingException {
        if (++created > MAX_PARTS) {
            throw new MessagingException("more than " + MAX_PARTS + " parts");
        }
        return new EmlPart(in, childType);
    }

    /** In their order. */
    List<EmlPart> all() throws MessagingException {
        List<EmlPart> all = new ArrayList<>(getCount());
        for (int i = 0; i < getCount(); i++) {
            all.add((EmlPart) getBodyPart(i));
        }
        return all;
    }

    /** The bytes as they stand: a multipart has no transfer encoding (RFC 2045 section 6.4), whatever it declares. */
    private record RawSource(EmlPart part, String contentType) implements DataSource {
        @Override
        public InputStream getInputStream() throws IOException {
            try {
                return new BoundedLines(part.raw());
            } catch (MessagingException e) {
                throw new IOException(e);
            }
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            throw new IOException("read-only");
        }

        @Override
        public String getContentType() {
            return contentType;
        }

        @Override
        public String getName() {
            return "";
        }
    }
}
