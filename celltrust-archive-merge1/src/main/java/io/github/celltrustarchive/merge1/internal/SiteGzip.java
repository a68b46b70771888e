// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Unpacks answers that the site has compressed; a bomb is refused before it has grown. */
final class SiteGzip {

    private static final int RATIO = 100;
    private static final int RATIO_COUNTS_FROM = 64 * 1024;

    private SiteGzip() {}

    /**
     * The answer, unpacked.
     *
     * @throws IOException if it is larger than {@code limit} or over 100 times its packed size (which counts from 64 KiB on,
     *     because short texts that repeat are no bombs), or damaged, or compressed in another way
     */
    static SiteAnswer unpack(SiteAnswer answer, int limit) throws IOException {
        String encoding = answer.header("Content-Encoding").toLowerCase(Locale.ROOT);
        if (encoding.isEmpty() || encoding.equals("identity")) {
            return answer;
        }
        if (!encoding.equals("gzip")) {
            throw new IOException("the site's answer is compressed in a way that wasn't asked for");
        }
        long most = Math.min(limit, Math.max(RATIO_COUNTS_FROM, (long) RATIO * answer.body().length));
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            byte[] bytes = in.readNBytes((int) most + 1);
            if (bytes.length > most) {
                throw new IOException("the site's answer unpacks to more than " + most + " bytes");
            }
            return new SiteAnswer(answer.status(), answer.headers(), bytes);
        }
    }
}
