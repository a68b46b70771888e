// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether folders lie below another one in fact, and not behind a symbolic link that has taken a folder's place since it was
 * looked at. Each is asked for once. Not thread-safe.
 */
final class SafeFolders {

    private final Path root;
    private final Map<Path, Boolean> known = new HashMap<>();

    SafeFolders(Path root) {
        this.root = root;
    }

    /** A folder that is gone holds nothing, so nothing is wrong with it: whoever looks at the file finds it gone. */
    boolean hold(DropFile file) throws IOException {
        try {
            return hold(file.file().getParent());
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            throw file.nameless("can't be reached", e);
        }
    }

    boolean hold(@Nullable Path folder) throws IOException {
        if (folder == null) {
            return false;
        }
        Boolean safe = known.get(folder);
        if (safe == null) {
            safe = folder.equals(root)
                    || folder.toRealPath().equals(root.toRealPath().resolve(root.relativize(folder)));
            known.put(folder, safe);
        }
        return safe;
    }
}
