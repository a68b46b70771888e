// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The folder of attachment files. Only plain files directly in it are opened, never what a symbolic link points to, and
 * never anything if the folder stands beside the exports and is a symbolic link itself.
 */
final class AttachmentFolder {

    private static final int MAX_FILES = 1_000;

    private final Path folder;
    private final boolean chosenByHost;

    /**
     * @param chosenByHost whether the host named it, link or not; else whoever writes the exports may have made it
     */
    AttachmentFolder(Path folder, boolean chosenByHost) {
        this.folder = folder;
        this.chosenByHost = chosenByHost;
    }

    /** Those of the named files that are there; at most a thousand. */
    Map<String, Content> open(Collection<String> names) throws IOException {
        Map<String, Content> found = new LinkedHashMap<>();
        if (names.isEmpty() || (!chosenByHost && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))) {
            return found;
        }
        for (String name : names) {
            Content content = found.size() < MAX_FILES ? open(name) : null;
            if (content != null) {
                found.put(name, content);
            }
        }
        return found;
    }

    private @Nullable Content open(String name) throws IOException {
        if (!PlainFileName.is(name)) {
            return null;
        }
        try {
            Path file = folder.resolve(name);
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? FileSlice.ofPlainFile(file) : null;
        } catch (InvalidPathException e) { // a name that this system can't spell
            return null;
        }
    }
}
