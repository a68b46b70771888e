// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples.smsbackup;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/**
 * Cuts a backup into its records, byte for byte: whatever stands from the {@code <} of each {@code <sms} or {@code <mms} to
 * the {@code >} that ends it. An XML parser gives no byte positions, and would stop at the first record that isn't
 * well-formed; this reads no more of XML than where tags begin and end, and leaves each record to {@link XmlElement}.
 *
 * <p>Anything but the app's own frame makes a {@link BackupRefusedException}: a document type, another root, an end that isn't
 * there, a count that isn't true. Not thread-safe.
 */
final class BackupScanner {

    private static final int MAX_DEPTH = 8;
    private static final Pattern ENCODING = Pattern.compile("encoding\\s*=\\s*[\"']([^\"']*)");

    private final InputStream in;
    private final String file;
    private final int maxRecordBytes;
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private long position;
    private long found;

    /** The name is for messages. */
    BackupScanner(InputStream in, String file, int maxRecordBytes) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.file = file;
        this.maxRecordBytes = maxRecordBytes;
    }

    private enum Tag {
        START,
        END,
        EMPTY,
        /** A comment, a processing instruction, the XML declaration. */
        MISCELLANEOUS
    }

    /** What is done with each record. */
    interface Records {
        void accept(long offset, byte[] record) throws IOException, InterruptedException;
    }

    /** Gives each record in the file's order. Only if this returns the file is a whole backup. */
    void scan(Records records) throws IOException, InterruptedException {
        Tag root = nextTag();
        if (!nameOf(piece()).equals("smses")) {
            throw refused("isn't a backup of messages");
        }
        long declared = declaredBy(root == Tag.EMPTY ? piece() : piece() + "</smses>");
        if (root == Tag.START) {
            for (Tag tag = nextTag(); tag != Tag.END; tag = nextTag()) {
                long offset = position - piece.size();
                readRecord(tag);
                found++;
                records.accept(offset, piece.toByteArray());
            }
        }
        readToEnd();
        if (declared != found) {
            throw refused("declares " + declared + " messages and holds " + found);
        }
    }

    private long declaredBy(String root) throws IOException {
        try {
            String count =
                    XmlElement.parse(root.getBytes(StandardCharsets.ISO_8859_1)).get("count");
            return Long.parseLong(count == null ? "" : count);
        } catch (XMLStreamException | NumberFormatException e) {
            throw refused("declares no number of messages");
        }
    }

    /** Reads the rest of the element whose first tag has been read. */
    private void readRecord(Tag first) throws IOException {
        String name = nameOf(piece());
        if (!name.equals("sms") && !name.equals("mms")) {
            throw refused("holds something else than messages after message " + found);
        }
        int depth = first == Tag.EMPTY ? 0 : 1;
        while (depth > 0) {
            if (read() == '<') {
                Tag inner = tag();
                depth += inner == Tag.START ? 1 : inner == Tag.END ? -1 : 0;
            }
            if (depth > MAX_DEPTH) {
                throw refused("nests too deep after message " + found);
            }
        }
    }

    /** The next tag, comments and the like left out. Afterwards {@code piece} holds its bytes. */
    private Tag nextTag() throws IOException {
        while (true) {
            piece.reset();
            skipSpace();
            Tag tag = tag();
            if (tag != Tag.MISCELLANEOUS) {
                return tag;
            }
            requireUtf8(piece());
        }
    }

    private void skipSpace() throws IOException {
        int c = read();
        while (c != '<') {
            boolean mark = position <= 3 && (c == 0xEF || c == 0xBB || c == 0xBF); // of byte order
            if (!mark && c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                throw refused("isn't XML in UTF-8, or holds text between messages, after message " + found);
            }
            piece.reset();
            c = read();
        }
    }

    /** Reads what begins with the {@code <} that has been read, up to its {@code >}. */
    private Tag tag() throws IOException {
        int first = read();
        if (first == '?') {
            readUntil("?>");
            return Tag.MISCELLANEOUS;
        }
        if (first == '!') {
            int second = read();
            if (second != '-' || read() != '-') {
                throw refused("holds a document type or a CDATA section, which no backup has");
            }
            readUntil("-->");
            return Tag.MISCELLANEOUS;
        }
        int last = lastUnquoted(first);
        return first == '/' ? Tag.END : last == '/' ? Tag.EMPTY : Tag.START;
    }

    private void readUntil(String end) throws IOException {
        StringBuilder last = new StringBuilder();
        while (!last.toString().equals(end)) {
            if (last.length() == end.length()) {
                last.deleteCharAt(0);
            }
            last.append((char) read());
        }
    }

    /** Reads on to the {@code >} that no quotes hold, and returns what stands before it. */
    private int lastUnquoted(int first) throws IOException {
        int quote = 0;
        int last = '<';
        for (int c = first; c != '>' || quote != 0; c = read()) {
            last = c;
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
        }
        return last;
    }

    private int read() throws IOException {
        int c = in.read();
        if (c < 0) {
            throw refused("ends before it is complete, after message " + found);
        }
        if (piece.size() >= maxRecordBytes) {
            throw refused("holds more than " + maxRecordBytes + " bytes in one message, after message " + found);
        }
        position++;
        piece.write(c);
        return c;
    }

    private void readToEnd() throws IOException {
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                throw refused("goes on after its end");
            }
        }
    }

    private void requireUtf8(String declaration) throws IOException {
        var encoding = ENCODING.matcher(declaration);
        if (encoding.find() && !encoding.group(1).toLowerCase(Locale.ROOT).equals("utf-8")) {
            throw refused("isn't in UTF-8");
        }
    }

    private String piece() {
        return piece.toString(StandardCharsets.ISO_8859_1);
    }

    private static String nameOf(String tag) {
        return tag.substring(1).split("[\\s/>]", 2)[0];
    }

    private BackupRefusedException refused(String why) {
        return new BackupRefusedException(file + " " + why + ": nothing of it is archived");
    }
}
