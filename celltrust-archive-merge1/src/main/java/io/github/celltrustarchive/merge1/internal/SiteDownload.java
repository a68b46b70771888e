// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.io.DigestingOutputStream;
import io.github.celltrustarchive.io.NewFile;
import io.github.celltrustarchive.merge1.Merge1Item;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** An item on its way into a file: as far as it has come, so that an interrupted download goes on there. */
final class SiteDownload {

    private static final int BUFFER = 64 * 1024;

    private final Merge1Item item;
    private final Path file;
    private final NewFile out;
    private final DigestingOutputStream digesting;
    private boolean sound = true;

    SiteDownload(Merge1Item item, Path file, NewFile out) {
        this.item = item;
        this.file = file;
        this.out = out;
        this.digesting = new DigestingOutputStream(out);
    }

    /** Where an item's bytes come from. */
    @FunctionalInterface
    interface Bytes {
        InputStream openAt(long offset) throws IOException, InterruptedException;
    }

    boolean isOf(Merge1Item other) {
        return item.id().equals(other.id()) && item.sha256().equals(other.sha256()) && item.size() == other.size();
    }

    /** False once a write has failed: what stands in the file then isn't what was digested. */
    boolean isSound() {
        return sound;
    }

    Path file() {
        return file;
    }

    /** Reads what is missing. After an {@code IOException} it may be called again, if it {@link #isSound}. */
    void finish(Bytes bytes) throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        while (digesting.size() < item.size()) {
            long before = digesting.size();
            try (InputStream in = bytes.openAt(before)) {
                copy(in, buffer);
            }
            if (digesting.size() == before) {
                throw new IOException("the site ends an item at byte " + before + " of " + item.size());
            }
        }
        out.close();
    }

    private void copy(InputStream in, byte[] buffer) throws IOException {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (n > item.size() - digesting.size()) {
                throw new IOException("the site gives more bytes of an item than it has");
            }
            sound = false;
            digesting.write(buffer, 0, n);
            sound = true;
        }
    }

    /** Of a finished one. */
    String sha256() {
        return digesting.sha256();
    }

    void close() throws IOException {
        out.close();
    }
}
