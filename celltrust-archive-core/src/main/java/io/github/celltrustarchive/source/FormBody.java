// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.spi.RecordException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;

/** Reads {@code application/x-www-form-urlencoded} as the URL Standard says (section 5.1), but repairs nothing. */
final class FormBody {

    private FormBody() {}

    static void read(byte[] body, Charset charset, FeedbackFields fields) {
        int start = 0;
        while (start < body.length) {
            int end = indexOf(body, '&', start, body.length);
            if (end > start) {
                int equals = indexOf(body, '=', start, end);
                String name = decode(body, start, equals, charset);
                fields.add(name, equals == end ? "" : decode(body, equals + 1, end, charset));
            }
            start = end + 1;
        }
    }

    private static int indexOf(byte[] body, char c, int from, int to) {
        int at = from;
        while (at < to && body[at] != c) {
            at++;
        }
        return at;
    }

    private static String decode(byte[] body, int from, int to, Charset charset) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(to - from);
        for (int at = from; at < to; at++) {
            if (body[at] == '%') {
                bytes.write((hex(body, at + 1, to) << 4) | hex(body, at + 2, to));
                at += 2;
            } else {
                bytes.write(body[at] == '+' ? ' ' : body[at]);
            }
        }
        return StrictText.decode(bytes.toByteArray(), charset);
    }

    private static int hex(byte[] body, int at, int to) {
        int digit = at < to && body[at] > 0 ? Character.digit((char) body[at], 16) : -1;
        if (digit < 0) {
            throw new RecordException("a % in the form isn't followed by two hexadecimal digits");
        }
        return digit;
    }
}
