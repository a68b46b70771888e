// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Writes an export of the mix that the ledger and pack prototype was measured with: two participants of the firm and one
 * outside number, texts of 20 to 300 characters, and a picture of about 100 KB in one message of twenty.
 */
final class MixedExport {

    private static final int PICTURE_BYTES = 100_000;
    private static final String[] WORDS = {
        "running", "late", "call", "me", "price", "tomorrow", "ok", "thanks", "Grüße", "👍"
    };

    private final SplittableRandom random;
    private final int mailboxes;
    private final double pictures;

    /** For this many mailboxes; {@code pictures} is the share of messages that carry one. */
    MixedExport(long seed, int mailboxes, double pictures) {
        this.random = new SplittableRandom(seed);
        this.mailboxes = mailboxes;
        this.pictures = pictures;
    }

    void write(Path file, int records) throws IOException {
        byte[] picture = new byte[PICTURE_BYTES];
        Instant sent = Instant.parse("2026-11-20T08:00:00Z");
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            for (int i = 0; i < records; i++) {
                sent = sent.plusMillis(random.nextInt(2_000));
                out.write(line(i, sent, picture));
                out.write('\n');
            }
        }
    }

    private String line(int i, Instant sent, byte[] picture) {
        StringBuilder line = new StringBuilder(512);
        boolean mms = random.nextDouble() < pictures;
        int from = random.nextInt(mailboxes);
        int to = (from + 1 + random.nextInt(Math.max(1, mailboxes - 1))) % mailboxes;
        line.append("{\"id\":\"CT-").append(String.format(Locale.ROOT, "%09d", i));
        line.append("\",\"kind\":\"").append(mms ? "MMS" : "SMS");
        line.append("\",\"direction\":\"outbound\",\"sent\":\"").append(sent);
        line.append("\",\"conversation\":\"c-")
                .append(Math.min(from, to))
                .append('-')
                .append(Math.max(from, to));
        line.append("\",\"from\":").append(person(from));
        line.append(",\"to\":[").append(person(to)).append(",{\"phone\":\"+1555010");
        line.append(String.format(Locale.ROOT, "%04d", random.nextInt(10_000))).append("\",\"external\":true}]");
        line.append(",\"text\":\"");
        for (int words = 4 + random.nextInt(50); words > 0; words--) {
            line.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        line.append('"');
        if (mms) {
            random.nextBytes(picture);
            line.append(",\"attachments\":[{\"name\":\"photo.jpg\",\"type\":\"image/jpeg\",\"data\":\"");
            line.append(Base64.getEncoder().encodeToString(picture)).append("\"}]");
        }
        return line.append(",\"properties\":{\"carrier\":\"Rogers\",\"status\":\"sent\"}}")
                .toString();
    }

    private static String person(int number) {
        return String.format(
                Locale.ROOT,
                "{\"name\":\"Person %1$d\",\"phone\":\"+1555011%1$04d\",\"email\":\"person%1$d@example.com\"}",
                number);
    }
}
