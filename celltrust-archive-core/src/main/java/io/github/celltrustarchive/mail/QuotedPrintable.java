// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import java.io.IOException;

/**
 * RFC 2045 section 6.7 for text: CRLF is a line end; a CR or LF alone is encoded, because it is part of the text as the
 * source gave it, with a soft line break behind LF so that the source of the email stays readable. Also encoded: spaces at
 * a line's end, and what a transport could trip over at its start: a dot, and {@code From }.
 */
final class QuotedPrintable extends TextEncoding {

    /** One column is kept for the soft line break's equals sign. */
    private static final int LAST_COLUMN = 75;

    private final EmlWriter out;
    private final byte[] utf8 = new byte[4];
    private int column;
    private boolean pendingCr;
    private boolean pendingBreak;
    private char pendingSpace;

    QuotedPrintable(EmlWriter out) {
        this.out = out;
    }

    @Override
    void add(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPlain(c)) {
                beforeCharacter();
                room(1);
                if (column == 0 && (c == '.' || (c == 'F' && text.startsWith("From ", i)))) {
                    encoded(c);
                } else {
                    i = run(text, i) - 1;
                }
            } else if (c == ' ' || c == '\t') {
                beforeCharacter();
                pendingSpace = c;
            } else if (c == '\r') {
                carriageReturn();
            } else if (c == '\n') {
                lineFeed();
            } else {
                beforeCharacter();
                int codePoint = text.codePointAt(i);
                i += Character.charCount(codePoint) - 1;
                codePoint(codePoint);
            }
        }
    }

    /** Writes what needs no thought up to the line's last column, at least one character; returns where it ends. */
    private int run(String text, int from) throws IOException {
        int limit = Math.min(text.length(), from + LAST_COLUMN - column);
        int to = from + 1;
        while (to < limit && (isPlain(text.charAt(to)) || isInnerSpace(text, to, limit))) {
            to++;
        }
        out.ascii(text, from, to);
        column += to - from;
        return to;
    }

    private static boolean isPlain(char c) {
        return c > ' ' && c < 0x7F && c != '=';
    }

    private static boolean isInnerSpace(String text, int at, int limit) {
        return text.charAt(at) == ' ' && at + 1 < limit && isPlain(text.charAt(at + 1));
    }

    @Override
    void end() throws IOException {
        carriageReturnAlone();
        if (pendingSpace != 0) {
            softBreakIfWanted();
            encoded(pendingSpace);
            pendingSpace = 0;
        }
    }

    private void carriageReturn() throws IOException {
        carriageReturnAlone();
        pendingCr = true;
    }

    private void lineFeed() throws IOException {
        if (pendingCr) {
            pendingCr = false;
            if (pendingSpace != 0) {
                softBreakIfWanted();
                encoded(pendingSpace);
                pendingSpace = 0;
            }
            softBreakIfWanted();
            out.endLine();
            column = 0;
        } else {
            spaceInside();
            encoded('\n');
            pendingBreak = true;
        }
    }

    private void beforeCharacter() throws IOException {
        carriageReturnAlone();
        spaceInside();
        softBreakIfWanted();
    }

    private void carriageReturnAlone() throws IOException {
        if (pendingCr) {
            pendingCr = false;
            spaceInside();
            encoded('\r');
        }
    }

    private void spaceInside() throws IOException {
        if (pendingSpace != 0) {
            softBreakIfWanted();
            room(1);
            out.write(pendingSpace);
            column++;
            pendingSpace = 0;
        }
    }

    private void codePoint(int codePoint) throws IOException {
        int size = Utf8.encode(codePoint, utf8, 0);
        for (int i = 0; i < size; i++) {
            encoded(utf8[i] & 0xFF);
        }
    }

    private void encoded(int b) throws IOException {
        softBreakIfWanted();
        room(3);
        out.write('=');
        out.write(Utf8.hexDigit(b >> 4));
        out.write(Utf8.hexDigit(b));
        column += 3;
    }

    private void room(int columns) throws IOException {
        if (column + columns > LAST_COLUMN) {
            softBreak();
        }
    }

    private void softBreakIfWanted() throws IOException {
        if (pendingBreak) {
            pendingBreak = false;
            softBreak();
        }
    }

    private void softBreak() throws IOException {
        out.write('=');
        out.endLine();
        column = 0;
    }
}
