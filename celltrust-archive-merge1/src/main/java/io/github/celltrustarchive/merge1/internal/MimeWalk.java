// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Walks through the body of an email, a line at a time, and tells a visitor of its parts with their transfer encoding undone
 * (RFC 2046 section 5.1). Whatever the body is like, the walk comes to its end: what can't be split into parts is one part.
 *
 * <p>Written by hand, because what it says becomes part of an item's identity: it must not change with a system property
 * or with another version of a mail library. Memory: one line buffer and the boundaries of {@value #MAX_DEPTH} levels.
 *
 * <p>Not thread-safe.
 */
final class MimeWalk {

    /** Multiparts deeper than this are one part, as they stand. */
    static final int MAX_DEPTH = 40;

    /** What matters of a part's header. */
    static final Set<String> WANTED = Set.of("content-type", "content-disposition", "content-transfer-encoding");

    private static final int MAX_PART_HEADER = 65_536;
    private static final int MAX_BOUNDARY = 256; // RFC 2046 allows 70

    /** Learns what the body consists of. */
    interface Visitor {
        /** A multipart begins. */
        void multipart(String subtype);

        /** Its end, also if only an outer one's boundary, or the end of the email, shows it. */
        void endMultipart();

        /** A part that isn't split further begins. */
        void leaf(ContentTypeField type, ContentTypeField disposition);

        /** Some of its bytes, decoded. */
        void body(byte[] bytes, int from, int length);

        /** Some of its bytes, as they stand. */
        void raw(byte[] bytes, int from, int length);

        /** The part's end; {@code sound} if its transfer encoding was kept to. */
        void endLeaf(boolean sound);

        /** A line, or a piece of one, in front of a multipart's first part or behind its last. */
        void outside(byte[] bytes, int from, int length);
    }

    private enum Place {
        HEADER,
        LEAF,
        OUTSIDE
    }

    private static final byte[] LINE_END = {'\r', '\n'};

    private final EmlLines lines;
    private final Visitor visitor;
    private final TransferDecoder.Sink sink;
    private final List<byte[]> boundaries = new ArrayList<>();
    private FieldCollector header = new FieldCollector(WANTED, MAX_PART_HEADER);
    private TransferDecoder decoder = TransferDecoder.of("");
    private Place place = Place.OUTSIDE;
    private boolean pendingLineEnd;
    private boolean ended;

    /** @param lines behind the email's header */
    MimeWalk(EmlLines lines, Fields head, Visitor visitor) {
        this.lines = lines;
        this.visitor = visitor;
        sink = visitor::body;
        open(head);
    }

    /** Takes one line, or a piece of one; false when the end was reached. */
    boolean step() throws IOException {
        if (ended) {
            return false;
        }
        if (!lines.next(place == Place.HEADER)) {
            ended = true;
            if (place == Place.HEADER) {
                open(header.fields());
            }
            endPart(pendingLineEnd);
            closeDownTo(0);
            return false;
        }
        int level = lines.startsLine() ? boundaryLevel() : -1;
        if (level >= 0) {
            delimiter(level);
            return true;
        }
        switch (place) {
            case HEADER -> {
                if (header.add(lines)) {
                    open(header.fields());
                }
            }
            case LEAF -> leafLine();
            case OUTSIDE -> visitor.outside(lines.buffer(), lines.start(), lines.length());
        }
        return true;
    }

    private void leafLine() {
        lineEnd();
        visitor.raw(lines.buffer(), lines.start(), lines.length());
        decoder.piece(lines.buffer(), lines.start(), lines.length(), sink);
        pendingLineEnd = lines.endsLine();
    }

    /** The line end in front of a boundary is the boundary's: it is passed on when the next line turns out to be none. */
    private void lineEnd() {
        if (pendingLineEnd) {
            visitor.raw(LINE_END, 0, LINE_END.length);
            decoder.lineEnd(sink);
            pendingLineEnd = false;
        }
    }

    private void delimiter(int level) {
        if (place == Place.HEADER) {
            open(header.fields());
        }
        boolean last = isClosing(boundaries.get(level));
        endPart(false);
        closeDownTo(level + 1);
        if (last) {
            closeDownTo(level);
            place = Place.OUTSIDE;
        } else {
            header = new FieldCollector(WANTED, MAX_PART_HEADER);
            place = Place.HEADER;
        }
    }

    private void open(Fields fields) {
        ContentTypeField type = ContentTypeField.parse(fields.first("Content-Type"));
        String boundary = type.parameter("boundary");
        boolean splits = type.value().startsWith("multipart/")
                && !boundary.isBlank()
                && boundary.length() <= MAX_BOUNDARY
                && boundaries.size() < MAX_DEPTH;
        if (splits) {
            boundaries.add(("--" + boundary.stripTrailing()).getBytes(StandardCharsets.ISO_8859_1));
            visitor.multipart(type.value());
            place = Place.OUTSIDE;
        } else {
            decoder = TransferDecoder.of(fields.first("Content-Transfer-Encoding"));
            visitor.leaf(type, ContentTypeField.parse(fields.first("Content-Disposition")));
            pendingLineEnd = false;
            place = Place.LEAF;
        }
    }

    private void endPart(boolean withLineEnd) {
        if (place == Place.LEAF) {
            if (withLineEnd) {
                lineEnd();
            }
            decoder.finish(sink);
            visitor.endLeaf(decoder.isSound());
            place = Place.OUTSIDE;
        }
    }

    private void closeDownTo(int levels) {
        while (boundaries.size() > levels) {
            boundaries.remove(boundaries.size() - 1);
            visitor.endMultipart();
        }
    }

    /** The innermost level whose boundary this line is, or -1. */
    private int boundaryLevel() {
        byte[] bytes = lines.buffer();
        int from = lines.start();
        if (lines.length() < 3 || bytes[from] != '-' || bytes[from + 1] != '-') {
            return -1;
        }
        int end = endOfText();
        for (int level = boundaries.size() - 1; level >= 0; level--) {
            byte[] boundary = boundaries.get(level);
            int rest = end - from - boundary.length;
            boolean begins =
                    rest >= 0 && Arrays.equals(bytes, from, from + boundary.length, boundary, 0, boundary.length);
            if (begins && (rest == 0 || (rest == 2 && bytes[end - 1] == '-' && bytes[end - 2] == '-'))) {
                return level;
            }
        }
        return -1;
    }

    private boolean isClosing(byte[] boundary) {
        return endOfText() - lines.start() > boundary.length;
    }

    /** White space may stand behind a boundary (RFC 2046 section 5.1.1). */
    private int endOfText() {
        byte[] bytes = lines.buffer();
        int end = lines.start() + lines.length();
        while (end > lines.start() && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t' || bytes[end - 1] == '\r')) {
            end--;
        }
        return end;
    }
}
