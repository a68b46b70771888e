// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.merge1.Merge1DropSource;
import io.github.celltrustarchive.merge1.SftpFolder;
import io.github.celltrustarchive.spi.RecordParser;
import io.github.celltrustarchive.spi.SourceAdapter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A drop folder, on this machine or an SFTP server. */
final class Merge1Drop implements Merge1Origin {

    /** What becomes of archived emails. */
    enum After {
        LEAVE,
        MOVE,
        DELETE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Path folder;
    private final @Nullable SftpFolder server;
    private final String shown;
    private final After after;
    private final Duration quiet;

    private Merge1Drop(Path folder, @Nullable SftpFolder server, String shown, After after, Duration quiet) {
        this.folder = folder;
        this.server = server;
        this.shown = shown;
        this.after = after;
        this.quiet = quiet;
    }

    /** A folder on this machine. */
    static Merge1Drop of(Path folder, After after, Duration quiet) {
        return new Merge1Drop(folder, null, "drop folder " + Commands.shown(folder), after, quiet);
    }

    /** A folder on a server. */
    static Merge1Drop of(SftpFolder server, String shown, After after, Duration quiet) {
        return new Merge1Drop(server.path(), server, shown, after, quiet);
    }

    @Override
    public String shown() {
        return shown;
    }

    @Override
    public SourceAdapter open(RecordParser parser) {
        Merge1DropSource.Builder builder =
                Merge1DropSource.builder(folder, parser).quietPeriod(quiet);
        return switch (after) {
            case LEAVE -> builder.leaveArchived().build();
            case MOVE -> builder.moveArchived("Archived").build();
            case DELETE -> builder.deleteArchived().build();
        };
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }
}
