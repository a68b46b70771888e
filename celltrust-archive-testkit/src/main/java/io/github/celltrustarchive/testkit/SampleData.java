// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Makes up exports of a firm's mobile messages: days of text messages, pictures, group conversations, calls, receipts and
 * edits, with emoji and right-to-left text, and with what goes wrong in real ones: records that come twice, ids that come
 * again with another content, records that are cut off, people whom nobody can map, one person under two addresses.
 *
 * <p>Names, numbers and domains are fictional (RFC 2606, and numbers reserved for fiction). The same seed and size give the
 * same bytes on every machine.
 */
public final class SampleData {

    /** The firm's own domains. */
    public static final Set<String> OWNED_DOMAINS = Set.of("bank.example");

    private SampleData() {}

    /**
     * Writes {@code export.jsonl}, the attachment files in {@code media}, and {@code users.csv} into a folder, replacing
     * what is there under these names.
     *
     * @param folder made if need be
     * @param records number of records, at least 50: fewer wouldn't show everything
     * @return what must come out
     */
    public static SampleExpectation export(Path folder, long seed, int records) throws IOException {
        if (records < 50) {
            throw new IllegalArgumentException("records must be at least 50");
        }
        Path media = Files.createDirectories(folder.resolve("media"));
        Files.writeString(folder.resolve("users.csv"), SamplePerson.TABLE);
        SampleStory story = new SampleStory(seed, media);
        try (BufferedWriter export = Files.newBufferedWriter(folder.resolve("export.jsonl"))) {
            for (int i = 0; i < records; i++) {
                export.write(story.nextLine());
                export.write('\n');
            }
        }
        return story.expectation();
    }
}
