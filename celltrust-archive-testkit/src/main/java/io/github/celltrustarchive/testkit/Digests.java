// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.DigestedContent;
import java.io.IOException;

/** Digests of bytes in memory. */
final class Digests {

    private Digests() {}

    static String sha256(byte[] bytes) throws IOException {
        return DigestedContent.of(Content.of(bytes)).sha256();
    }
}
