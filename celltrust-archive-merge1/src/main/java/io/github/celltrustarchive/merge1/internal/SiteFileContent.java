// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.model.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** The bytes of a downloaded item. */
record SiteFileContent(Storage storage, Path file, long size) implements Content {

    @Override
    public InputStream open() throws IOException {
        return storage.open(file, 0);
    }

    @Override
    public String toString() {
        return "Content[downloaded item, " + size + " bytes]";
    }
}
