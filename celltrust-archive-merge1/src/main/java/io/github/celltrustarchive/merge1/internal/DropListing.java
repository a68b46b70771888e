// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The emails that lie in a folder at one time, in columns instead of objects: 100,000 of them take about 10 MB. Sorted by
 * time, then by a digest of path, size and time, so that what arrives comes behind what was there. Not thread-safe.
 */
final class DropListing {

    private final MessageDigest sha256 = Meaning.sha256();
    private byte[] paths = new byte[1 << 16];
    private int[] ends = new int[1 << 10];
    private long[] sizes = new long[1 << 10];
    private long[] times = new long[1 << 10];
    private long[] high = new long[1 << 10];
    private long[] low = new long[1 << 10];
    private int count;
    private int[] order = new int[0];

    /**
     * One email.
     *
     * @param path below the folder, names separated by {@code /}
     * @param time of the last change, in milliseconds
     */
    void add(String path, long size, long time) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        int start = count == 0 ? 0 : ends[count - 1];
        if (count == ends.length) {
            grow();
        }
        while (start + bytes.length > paths.length) {
            paths = Arrays.copyOf(paths, paths.length * 2);
        }
        System.arraycopy(bytes, 0, paths, start, bytes.length);
        ends[count] = start + bytes.length;
        sizes[count] = size;
        times[count] = time;
        sha256.update(bytes);
        number(size);
        number(time);
        byte[] digest = sha256.digest();
        high[count] = number(digest, 0);
        low[count] = number(digest, 8);
        count++;
    }

    /** Puts them in order; to be called once, after the last was added. */
    DropListing sorted() {
        order = IntStream.range(0, count)
                .boxed()
                .sorted((a, b) -> {
                    int byTime = Long.compare(times[a], times[b]);
                    int byHigh = byTime != 0 ? byTime : Long.compareUnsigned(high[a], high[b]);
                    return byHigh != 0 ? byHigh : Long.compareUnsigned(low[a], low[b]);
                })
                .mapToInt(Integer::intValue)
                .toArray();
        return this;
    }

    int count() {
        return count;
    }

    String path(int index) {
        int at = order[index];
        int start = at == 0 ? 0 : ends[at - 1];
        return new String(paths, start, ends[at] - start, StandardCharsets.UTF_8);
    }

    long size(int index) {
        return sizes[order[index]];
    }

    long time(int index) {
        return times[order[index]];
    }

    long high(int index) {
        return high[order[index]];
    }

    long low(int index) {
        return low[order[index]];
    }

    /** The first email at or behind this place in the order. */
    int firstFrom(long time, long highDigest) {
        int from = 0;
        int to = count;
        while (from < to) {
            int middle = (from + to) >>> 1;
            int byTime = Long.compare(time(middle), time);
            boolean before = byTime < 0 || (byTime == 0 && Long.compareUnsigned(high(middle), highDigest) < 0);
            if (before) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private void grow() {
        int size = count * 2;
        ends = Arrays.copyOf(ends, size);
        sizes = Arrays.copyOf(sizes, size);
        times = Arrays.copyOf(times, size);
        high = Arrays.copyOf(high, size);
        low = Arrays.copyOf(low, size);
    }

    private void number(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            sha256.update((byte) (value >>> shift));
        }
    }

    private static long number(byte[] bytes, int from) {
        long value = 0;
        for (int i = from; i < from + 8; i++) {
            value = value << 8 | (bytes[i] & 0xFF);
        }
        return value;
    }

    @Override
    public String toString() {
        return "DropListing[" + count + " emails]";
    }
}
