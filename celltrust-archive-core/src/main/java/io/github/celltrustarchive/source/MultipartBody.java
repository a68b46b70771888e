// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.RecordException;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code multipart/form-data} (RFC 7578). A part with a file name is a file, any other a field. */
final class MultipartBody {

    private static final Set<String> PLAIN = Set.of("7bit", "8bit", "binary");

    private final RawRecord record;
    private final ContentType type;
    private final Charset charset;

    MultipartBody(RawRecord record, ContentType type, Charset charset) {
        if (type.getParameter("boundary") == null) {
            throw new RecordException("the media type of the form has no boundary");
        }
        this.record = record;
        this.type = type;
        this.charset = charset;
    }

    void read(byte[] body, FeedbackFields fields) throws IOException {
        try {
            MimeMultipart form = new MimeMultipart(new ByteArrayDataSource(body, type.toString()));
            int count = form.getCount();
            if (!form.isComplete()) {
                throw new RecordException("the form is cut off: its last boundary is missing");
            }
            for (int i = 0; i < count; i++) {
                read(form.getBodyPart(i), i, fields);
            }
        } catch (MessagingException e) { // its message quotes
            throw new RecordException("the form can't be read");
        }
    }

    private void read(BodyPart part, int index, FeedbackFields fields) throws MessagingException, IOException {
        ContentDisposition disposition = disposition(part);
        String name = disposition.getParameter("name");
        if (!"form-data".equalsIgnoreCase(disposition.getDisposition()) || name == null) {
            throw new RecordException("a part of the form has no name");
        }
        String encoding = header(part, "Content-Transfer-Encoding");
        if (encoding != null && !PLAIN.contains(encoding.trim().toLowerCase(Locale.ROOT))) {
            throw new RecordException("a part of the form has a transfer encoding");
        }
        String fileName = disposition.getParameter("filename");
        if (fileName != null) {
            fields.addFile(new Attachment(fileName, mediaType(part), new FilePart(index, size(part))));
            return;
        }
        try (InputStream in = raw(part)) {
            fields.add(name, StrictText.decode(in.readAllBytes(), charsetOf(part)));
        }
    }

    private Charset charsetOf(BodyPart part) throws MessagingException {
        String header = header(part, "Content-Type");
        String name = header == null ? null : new ContentType(header).getParameter("charset");
        return name == null ? charset : StrictText.charset(name);
    }

    private static String mediaType(BodyPart part) throws MessagingException {
        String type = header(part, "Content-Type");
        return type == null ? "application/octet-stream" : type;
    }

    private static ContentDisposition disposition(BodyPart part) throws MessagingException {
        String header = header(part, "Content-Disposition");
        return header == null ? new ContentDisposition() : new ContentDisposition(header);
    }

    private static @Nullable String header(BodyPart part, String name) throws MessagingException {
        String[] values = part.getHeader(name);
        if (values != null && values.length > 1) {
            throw new RecordException("a part of the form has two " + name + " fields");
        }
        return values == null ? null : values[0];
    }

    private static InputStream raw(BodyPart part) throws MessagingException {
        return ((MimeBodyPart) part).getRawInputStream();
    }

    private static long size(BodyPart part) throws MessagingException, IOException {
        try (InputStream in = raw(part)) {
            return in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** A file within the record: taken out of it again at each reading, so that a page of records doesn't fill memory. */
    private final class FilePart implements Content {
        private final int index;
        private final long size;

        FilePart(int index, long size) {
            this.index = index;
            this.size = size;
        }

        @Override
        public InputStream open() throws IOException {
            try (InputStream in = record.bytes().open()) {
                return raw(new MimeMultipart(new ByteArrayDataSource(in, type.toString())).getBodyPart(index));
            } catch (MessagingException e) {
                throw new IOException("a file of the form can't be read again", e);
            }
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public String toString() {
            return "Content[file of a form, " + size + " bytes]";
        }
    }
}
