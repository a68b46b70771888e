// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;

/**
 * Which emails of a folder were read, as a checkpoint says it: stretches of the listing's order, each with where it begins and
 * ends, how many emails are in it and a digest of them. A stretch that still looks so was read. One that doesn't, because
 * something arrived late or is gone, is read again as a whole, and the ledger knows what it has; so nothing is ever taken for
 * read that wasn't, and nothing depends on files that are gone.
 *
 * <p>Form: {@code 1:} and, in Base64 (RFC 4648 section 5), 56 bytes for each stretch: time and digest of the first and of the last
 * email (8 bytes each), their number (8), the first 16 bytes of the SHA-256 of all their digests. No file name is in it.
 */
final class SeenFiles {

    private static final String VERSION = "1:";
    private static final int STRETCH = 56;
    private static final int DIGEST = 16;

    /** As many as a checkpoint of 65,536 characters holds. */
    private static final int MAX_STRETCHES = 870;

    /** One long stretch is cut in about so many, so that not everything is read again for one late email. */
    private static final int WANTED_STRETCHES = 180;

    private SeenFiles() {}

    /** The emails of a listing that a checkpoint says were read. */
    static BitSet in(DropListing listing, Checkpoint checkpoint) {
        BitSet seen = new BitSet(listing.count());
        ByteBuffer stretches = stretches(checkpoint);
        while (stretches.hasRemaining()) {
            int from = listing.firstFrom(stretches.getLong(), stretches.getLong());
            int to = endOf(listing, stretches.getLong(), stretches.getLong());
            long count = stretches.getLong();
            byte[] digest = new byte[DIGEST];
            stretches.get(digest);
            if (to - from == count && Arrays.equals(digest, digest(listing, from, to))) {
                seen.set(from, to);
            }
        }
        return seen;
    }

    /**
     * The checkpoint that says so.
     *
     * @throws IOException if so many emails between the others weren't read that it can't be said
     */
    static Checkpoint checkpoint(DropListing listing, BitSet seen) throws IOException {
        int longest = Math.max(1, (seen.cardinality() + WANTED_STRETCHES - 1) / WANTED_STRETCHES);
        ByteBuffer stretches = ByteBuffer.allocate(MAX_STRETCHES * STRETCH);
        for (int from = seen.nextSetBit(0); from >= 0; from = seen.nextSetBit(from)) {
            int to = Math.min(seen.nextClearBit(from), from + longest);
            if (!stretches.hasRemaining()) {
                throw new IOException("too many emails that can't be read lie between others that can: look at the"
                        + " folder's other problems first");
            }
            stretches.putLong(listing.time(from)).putLong(listing.high(from));
            stretches.putLong(listing.time(to - 1)).putLong(listing.high(to - 1));
            stretches.putLong(to - from).put(digest(listing, from, to));
            from = to;
        }
        byte[] bytes = Arrays.copyOf(stretches.array(), stretches.position());
        return new Checkpoint(VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private static ByteBuffer stretches(Checkpoint checkpoint) {
        if (checkpoint.equals(Checkpoint.START)) {
            return ByteBuffer.allocate(0);
        }
        String value = checkpoint.value();
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(value.substring(Math.min(VERSION.length(), value.length())));
            if (value.startsWith(VERSION) && bytes.length % STRETCH == 0) {
                return ByteBuffer.wrap(bytes);
            }
        } catch (IllegalArgumentException e) {
            // reported below
        }
        throw ArchiveException.stop(
                "the checkpoint isn't one of a drop folder: a connector keeps its kind of source, give another kind"
                        + " another name",
                null);
    }

    private static int endOf(DropListing listing, long time, long highDigest) {
        return highDigest == -1 ? listing.firstFrom(time + 1, 0) : listing.firstFrom(time, highDigest + 1);
    }

    private static byte[] digest(DropListing listing, int from, int to) {
        MessageDigest sha256 = Meaning.sha256();
        ByteBuffer both = ByteBuffer.allocate(16);
        for (int i = from; i < to; i++) {
            both.clear();
            both.putLong(listing.high(i)).putLong(listing.low(i));
            sha256.update(both.array());
        }
        return Arrays.copyOf(sha256.digest(), DIGEST);
    }
}
