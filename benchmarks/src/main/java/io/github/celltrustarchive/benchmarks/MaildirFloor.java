// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.benchmarks;

import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.io.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;

/**
 * The floor under every Maildir figure: writes, forces and links files of one size as the Maildir sink does, and nothing
 * else. What the whole library adds is the distance to this.
 *
 * <p>Arguments: target folder (made if need be; must be empty), how many messages, their size in bytes, how many share one
 * force of their folder. Prints messages per second.
 */
public final class MaildirFloor {

    private static final Instant RECEIVED = Instant.parse("2021-03-04T05:06:07Z");

    private final DiskStorage storage = new DiskStorage();
    private final Path temporary;
    private final Path fresh;
    private final byte[] message;

    private MaildirFloor(Path folder, int size) throws IOException {
        temporary = folder.resolve("tmp");
        fresh = folder.resolve("new");
        message = new byte[size];
        new Random(1).nextBytes(message);
        storage.createDirectories(temporary);
        storage.createDirectories(fresh);
        storage.createDirectories(folder.resolve("cur"));
    }

    /** Runs it. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 4) {
            System.err.println("usage: MaildirFloor <folder> <count> <size> <batch>");
            System.exit(2);
        }
        Path folder = Path.of(arguments[0]);
        if (Files.exists(folder.resolve("new"))) {
            System.err.println("the folder must be empty");
            System.exit(2);
        }
        int count = Integer.parseInt(arguments[1]);
        MaildirFloor floor = new MaildirFloor(folder, Integer.parseInt(arguments[2]));
        long start = System.nanoTime();
        floor.run(count, Integer.parseInt(arguments[3]));
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf(
                Locale.ROOT,
                "%d messages of %s bytes, %s a batch: %.0f messages/s%n",
                count,
                arguments[2],
                arguments[3],
                count * 1e9 / time.toNanos());
    }

    private void run(int count, int batch) throws IOException {
        for (int first = 0; first < count; first += batch) {
            int end = Math.min(count, first + batch);
            for (int i = first; i < end; i++) {
                write(temporary.resolve(name(i)));
            }
            for (int i = first; i < end; i++) {
                storage.link(temporary.resolve(name(i)), fresh.resolve(name(i)));
            }
            storage.forceDirectory(fresh);
            for (int i = first; i < end; i++) {
                storage.delete(temporary.resolve(name(i)));
            }
        }
    }

    private void write(Path path) throws IOException {
        try (NewFile file = storage.create(path)) {
            file.write(message);
            storage.setLastModified(path, RECEIVED);
            file.force();
        }
    }

    /** As long as the sink's names. */
    private static String name(int number) {
        return "1614834367.Q" + String.format(Locale.ROOT, "%064x", number) + ".celltrust";
    }
}
