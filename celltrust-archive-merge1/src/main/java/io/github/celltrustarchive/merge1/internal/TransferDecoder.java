// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import java.util.Locale;

/**
 * Undoes the transfer encoding of one part, line by line. What isn't encoded as RFC 2045 section 6 says is decoded as far as it
 * goes and called unsound. Line ends of parts that aren't Base64 come out as CRLF, their canonical form. Not thread-safe.
 */
abstract class TransferDecoder {

    /** Takes decoded bytes. */
    interface Sink {
        void take(byte[] bytes, int from, int length);
    }

    private final byte[] out = new byte[8_192];
    private int length;
    private boolean sound = true;

    static TransferDecoder of(String encoding) {
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "base64" -> new Base64();
            case "quoted-printable" -> new QuotedPrintable();
            default -> new Identity();
        };
    }

    /** A piece of a line, without its end. */
    abstract void piece(byte[] bytes, int from, int count, Sink sink);

    /** The end of a line. */
    abstract void lineEnd(Sink sink);

    /** The end of the part: whatever is held back comes out. */
    void finish(Sink sink) {
        flush(sink);
    }

    /** Whether everything so far was encoded as it should be. */
    final boolean isSound() {
        return sound;
    }

    final void unsound() {
        sound = false;
    }

    final void put(int b, Sink sink) {
        if (length == out.length) {
            flush(sink);
        }
        out[length++] = (byte) b;
    }

    final void flush(Sink sink) {
        if (length > 0) {
            sink.take(out, 0, length);
            length = 0;
        }
    }

    private static final class Identity extends TransferDecoder {
        @Override
        void piece(byte[] bytes, int from, int count, Sink sink) {
            flush(sink);
            sink.take(bytes, from, count);
        }

        @Override
        void lineEnd(Sink sink) {
            put('\r', sink);
            put('\n', sink);
        }
    }

    private static final class Base64 extends TransferDecoder {
        private int bits;
        private int digits;
        private boolean padded;

        @Override
        void piece(byte[] bytes, int from, int count, Sink sink) {
            for (int i = from; i < from + count; i++) {
                int digit = digit(bytes[i]);
                if (digit >= 0) {
                    if (padded) {
                        unsound(); // something after the end
                        padded = false;
                    }
                    digit(digit, sink);
                } else if (bytes[i] == '=') {
                    padding(sink);
                } else if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                    unsound();
                }
            }
        }

        private void digit(int digit, Sink sink) {
            bits = bits << 6 | digit;
            if (++digits == 4) {
                put(bits >> 16, sink);
                put(bits >> 8, sink);
                put(bits, sink);
                digits = 0;
                bits = 0;
            }
        }

        private void padding(Sink sink) {
            if (digits < 2 && !padded) {
                unsound();
            }
            rest(sink);
            padded = true;
        }

        private void rest(Sink sink) {
            if (digits == 3) {
                put(bits >> 10, sink);
                put(bits >> 2, sink);
            } else if (digits == 2) {
                put(bits >> 4, sink);
            } else if (digits == 1) {
                unsound();
            }
            digits = 0;
            bits = 0;
        }

        @Override
        void lineEnd(Sink sink) {}

        @Override
        void finish(Sink sink) {
            rest(sink);
            flush(sink);
        }

        private static int digit(byte b) {
            if (b >= 'A' && b <= 'Z') {
                return b - 'A';
            }
            if (b >= 'a' && b <= 'z') {
                return b - 'a' + 26;
            }
            if (b >= '0' && b <= '9') {
                return b - '0' + 52;
            }
            return b == '+' ? 62 : b == '/' ? 63 : -1;
        }
    }

    private static final class QuotedPrintable extends TransferDecoder {
        private final byte[] blanks = new byte[1_024];
        private int held;
        private int escape; // 0 none, 1 after '=', 2 after its first digit, 3 after '=' and white space
        private int high;

        @Override
        void piece(byte[] bytes, int from, int count, Sink sink) {
            for (int i = from; i < from + count; i++) {
                take(bytes[i], sink);
            }
        }

        private void take(byte b, Sink sink) {
            boolean blank = b == ' ' || b == '\t';
            if (blank && (escape == 1 || escape == 3)) {
                escape = 3; // white space between a soft line end and the line's own
            } else if (escape > 0) {
                escaped(b, sink);
            } else if (b == '=') {
                release(sink);
                escape = 1;
            } else if (blank && held < blanks.length) {
                blanks[held++] = b; // at the end of a line they are none of the text
            } else {
                release(sink);
                put(b, sink);
            }
        }

        private void escaped(byte b, Sink sink) {
            int digit = Character.digit(b, 16);
            if (digit < 0 || escape == 3) {
                unsound();
                put('=', sink);
                put(b, sink);
                escape = 0;
            } else if (escape == 1) {
                high = digit;
                escape = 2;
            } else {
                put(high << 4 | digit, sink);
                escape = 0;
            }
        }

        private void release(Sink sink) {
            for (int i = 0; i < held; i++) {
                put(blanks[i], sink);
            }
            held = 0;
        }

        @Override
        void lineEnd(Sink sink) {
            held = 0;
            if (escape == 2) {
                unsound();
            }
            if (escape == 0 || escape == 2) {
                put('\r', sink);
                put('\n', sink);
            }
            escape = 0;
        }

        @Override
        void finish(Sink sink) {
            if (escape == 2) {
                unsound();
            }
            flush(sink);
        }
    }
}
