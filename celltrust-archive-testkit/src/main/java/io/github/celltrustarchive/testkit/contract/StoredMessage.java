// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.DigestedContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message as somebody sees it who reads the mail store without the sink: its bytes, or what is in it where the store takes
 * messages apart.
 *
 * @param emlSha256 of its bytes, 64 lower-case hexadecimal digits; null where the store keeps no bytes
 * @param subject decoded; empty where the bytes say it
 * @param text what its reader reads, plain or HTML, decoded; empty where the bytes say it
 * @param attachmentSha256 of each attachment's decoded bytes, in any order; empty where the bytes say it
 */
public record StoredMessage(@Nullable String emlSha256, String subject, String text, List<String> attachmentSha256) {

    public StoredMessage {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(text, "text");
        attachmentSha256 = attachmentSha256.stream().sorted().toList();
    }

    /**
     * A message whose bytes are kept.
     *
     * @throws IOException if they can't be read
     */
    public static StoredMessage ofEml(Content eml) throws IOException {
        return ofEmlDigest(DigestedContent.of(eml).sha256());
    }

    /** A message of whose bytes the digest is known. */
    public static StoredMessage ofEmlDigest(String sha256) {
        return new StoredMessage(Objects.requireNonNull(sha256, "sha256"), "", "", List.of());
    }

    /**
     * A message that was taken apart.
     *
     * @throws IOException if an attachment can't be read
     */
    public static StoredMessage ofParts(String subject, String text, List<? extends Content> attachments)
            throws IOException {
        List<String> digests = new ArrayList<>();
        for (Content attachment : attachments) {
            digests.add(DigestedContent.of(attachment).sha256());
        }
        return new StoredMessage(null, subject, text, digests);
    }

    /** Shows no text. */
    @Override
    public String toString() {
        return "StoredMessage[" + (emlSha256 == null ? attachmentSha256.size() + " attachments" : emlSha256) + "]";
    }
}
