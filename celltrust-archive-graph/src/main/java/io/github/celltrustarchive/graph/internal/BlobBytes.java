// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.models.BlobDownloadContentAsyncResponse;
import com.azure.storage.blob.models.BlobDownloadHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Some bytes of a blob.
 *
 * @param etag of the blob they are from
 * @param size of the whole blob
 */
record BlobBytes(ByteBuffer bytes, String etag, long size) {

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

    /**
     * Reads an answer to a range request.
     *
     * @throws BlobException if it isn't the range that was asked for, or its bytes have another MD5 than the service says
     */
    static BlobBytes of(String what, long offset, int count, BlobDownloadContentAsyncResponse response)
            throws IOException {
        BlobDownloadHeaders headers = response.getDeserializedHeaders();
        BinaryData body = response.getValue();
        byte[] bytes = body == null ? new byte[0] : body.toBytes();
        Matcher range = CONTENT_RANGE.matcher(text(headers.getContentRange()));
        if (!range.matches() || Long.parseLong(range.group(1)) != offset) {
            throw BlobException.unanswered(what, "another range than the one asked for");
        }
        long size = Long.parseLong(range.group(3));
        if (bytes.length != Math.min(count, size - offset)) {
            throw BlobException.unanswered(what, "fewer bytes than announced");
        }
        byte[] md5 = headers.getContentMd5();
        if (md5 != null && !Arrays.equals(md5, Md5.digest().digest(bytes))) {
            throw BlobException.unanswered(what, "bytes damaged on the way: their MD5 differs");
        }
        return new BlobBytes(ByteBuffer.wrap(bytes), quoted(text(headers.getETag())), size);
    }

    /** As RFC 9110 section 8.8.3 spells it: the SDK takes the quotes away. */
    private static String quoted(String etag) {
        return etag.endsWith("\"") ? etag : '"' + etag + '"';
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
