// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.ParseException;
import jakarta.mail.internet.SharedInputStream;
import jakarta.mail.util.StreamProvider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An email, or a part of one, over a stream that is shared: only the header is in memory, and not more than
 * {@value #MAX_HEADER} bytes of it.
 */
final class EmlPart extends MimeBodyPart {

    /** Exchange Online takes 256 KB. */
    static final int MAX_HEADER = 1 << 20;

    /** Without state; finding it takes the mail library longer than decoding. */
    private static final StreamProvider STREAMS = StreamProvider.provider();

    private final String defaultType;

    /**
     * Reads the header.
     *
     * @param in a {@link SharedInputStream} at the first byte of the part
     * @throws MessagingException if the header is over the limit
     */
    EmlPart(InputStream in, String defaultType) throws MessagingException {
        this.defaultType = defaultType;
        headers = new InternetHeaders(new Bounded(in));
        SharedInputStream shared = (SharedInputStream) in;
        contentStream = shared.newStream(shared.getPosition(), -1);
    }

    /** The declared type, or the default where none is declared; null if what is declared is none. */
    @Nullable
    ContentType type() {
        String[] declared = headers.getHeader("Content-Type");
        try {
            return new ContentType(declared == null ? defaultType : declared[0]);
        } catch (ParseException e) {
            return null;
        }
    }

    /** What is declared of the file; empty if nothing, or nothing that can be read. */
    ContentDisposition disposition() {
        String[] declared = headers.getHeader("Content-Disposition");
        try {
            return declared == null ? new ContentDisposition() : new ContentDisposition(declared[0]);
        } catch (ParseException e) {
            return new ContentDisposition(ATTACHMENT, null);
        }
    }

    /** The first field of that name as it stands, or null. */
    @Nullable
    String field(String name) {
        String[] values = headers.getHeader(name);
        return values == null ? null : values[0];
    }

    /** The values of all fields of that name as they stand. */
    String[] values(String name) {
        String[] values = headers.getHeader(name);
        return values == null ? new String[0] : values;
    }

    /** The bytes as they stand in the email. */
    InputStream raw() throws MessagingException {
        return getContentStream();
    }

    /**
     * The bytes that the part stands for.
     *
     * @throws MessagingException if the transfer encoding is unknown
     */
    InputStream decoded() throws MessagingException {
        String encoding = field("Content-Transfer-Encoding");
        String word =
                encoding == null ? "" : encoding.replaceAll("\\(.*?\\)|;.*", "").strip();
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "", "7bit", "8bit", "binary" -> raw();
            case "base64" -> STREAMS.inputBase64(raw());
            case "quoted-printable" -> STREAMS.inputQP(raw());
            case "uuencode", "x-uuencode", "x-uue" -> STREAMS.inputUU(raw());
            default -> throw new MessagingException("unknown transfer encoding");
        };
    }

    /** Ends with an error instead of filling the memory. The mail library goes back by a few bytes with mark and reset. */
    private static final class Bounded extends FilterInputStream {
        private int left = MAX_HEADER;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            if (--left < 0) {
                throw new IOException("header over " + MAX_HEADER + " bytes");
            }
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            left -= Math.max(count, 0);
            if (left < 0) {
                throw new IOException("header over " + MAX_HEADER + " bytes");
            }
            return count;
        }
    }
}
