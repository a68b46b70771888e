// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.model.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The decoded bytes of one part of an email: found anew and decoded while they are read, so that nothing is kept.
 *
 * @param email the whole email
 * @param leaf the part's number among those that aren't split further
 * @param size as counted before
 */
record PartContent(Content email, int leaf, long size) implements Content {

    @Override
    public InputStream open() throws IOException {
        return new PartStream(email.open(), leaf);
    }

    @Override
    public String toString() {
        return "Content[" + size + " bytes]";
    }

    private static final class PartStream extends InputStream implements MimeWalk.Visitor {
        private final InputStream in;
        private final int leaf;
        private final MimeWalk walk;
        private byte[] chunk = new byte[8_192];
        private int position;
        private int limit;
        private int seen = -1;
        private boolean over;

        PartStream(InputStream in, int leaf) throws IOException {
            this.in = in;
            this.leaf = leaf;
            EmlLines lines = new EmlLines(in);
            FieldCollector head = new FieldCollector(MimeWalk.WANTED, EmlReader.MAX_HEADER);
            while (lines.next(true) && !head.add(lines)) {
                // the next line of the header
            }
            walk = new MimeWalk(lines, head.fields(), this);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (position == limit) {
                if (over) {
                    return -1;
                }
                position = 0;
                limit = 0;
                over = !walk.step() || over;
            }
            int count = Math.min(length, limit - position);
            System.arraycopy(chunk, position, bytes, from, count);
            position += count;
            return count;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }

        @Override
        public void leaf(ContentTypeField type, ContentTypeField disposition) {
            seen++;
        }

        @Override
        public void body(byte[] bytes, int from, int length) {
            if (seen == leaf) {
                if (chunk.length - limit < length) {
                    chunk = Arrays.copyOf(chunk, Math.max(chunk.length * 2, limit + length));
                }
                System.arraycopy(bytes, from, chunk, limit, length);
                limit += length;
            }
        }

        @Override
        public void endLeaf(boolean sound) {
            over |= seen == leaf;
        }

        @Override
        public void raw(byte[] bytes, int from, int length) {}

        @Override
        public void multipart(String subtype) {}

        @Override
        public void endMultipart() {}

        @Override
        public void outside(byte[] bytes, int from, int length) {}
    }
}
