// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.merge1.Merge1Item;
import io.github.celltrustarchive.merge1.Merge1ItemException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse.ResponseInfo;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/** Reads ranges of items, and checks that they are what was asked for. Thread-safe. */
public final class SiteContent {

    private static final int OK = 200;
    private static final String CHANGED = "it is another version than was listed";

    private final SiteCalls calls;
    private final int rangeBytes;

    /** Ranges of at most so many bytes. */
    public SiteContent(SiteCalls calls, int rangeBytes) {
        this.calls = calls;
        this.rangeBytes = rangeBytes;
    }

    /**
     * The bytes from an offset on, up to the item's end or the size of a range.
     *
     * @throws Merge1ItemException if the item isn't there any more as it was listed
     */
    public byte[] read(URI link, Merge1Item item, long from) throws IOException, InterruptedException {
        if (!calls.addresses().leadToSite(link)) {
            throw new Merge1ItemException("its link leads away from the site");
        }
        long last = Math.min(item.size(), from + rangeBytes) - 1;
        String version = "\"" + item.sha256() + "\"";
        Map<String, String> headers = Map.of("Range", "bytes=" + from + "-" + last, "If-Range", version);
        SiteAnswer answer;
        try {
            answer = calls.get(link, headers, SiteBody.handler(rangeBytes, head -> isOther(head, version)));
        } catch (SiteRefusedException e) {
            if (e.code().equals("item_gone")) {
                throw new Merge1ItemException("it is gone");
            }
            if (e.code().equals(SiteCalls.REDIRECT_REFUSED)) {
                throw new Merge1ItemException("a redirect leads away from the site");
            }
            throw e;
        }
        answer.requireType("message/rfc822");
        if (!answer.header("ETag").equals(version)) {
            throw new Merge1ItemException(CHANGED);
        }
        return answer.status() == OK ? fromWhole(answer, item, from) : range(answer, item, from, last);
    }

    /** The whole of another version, of which nothing is wanted. */
    private static boolean isOther(ResponseInfo head, String version) {
        return head.statusCode() == OK
                && !head.headers().firstValue("ETag").orElse("").equals(version);
    }

    private static byte[] fromWhole(SiteAnswer answer, Merge1Item item, long from) throws IOException {
        if (answer.body().length != item.size()) {
            throw new Merge1ItemException("its size isn't what the list says");
        }
        return Arrays.copyOfRange(answer.body(), (int) from, answer.body().length);
    }

    private static byte[] range(SiteAnswer answer, Merge1Item item, long from, long last) throws IOException {
        String range = answer.header("Content-Range");
        if (!range.startsWith("bytes " + from + "-" + last + "/") || answer.body().length != last - from + 1) {
            throw new IOException("the site answered with another range than was asked for");
        }
        if (!range.endsWith("/" + item.size())) {
            throw new Merge1ItemException("its size isn't what the list says");
        }
        if (!answer.header("Content-Digest").equals(digest(answer.body()))) {
            throw new IOException("the site's bytes don't have the digest that it says");
        }
        String whole = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(item.sha256()));
        if (!answer.header("Repr-Digest").equals("sha-256=:" + whole + ":")) {
            throw new Merge1ItemException(CHANGED);
        }
        return answer.body();
    }

    /** As a field of RFC 9530. */
    private static String digest(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
