// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An attachment in a simulated mailbox. Its bytes are at {@link SimulatedMessage#content(String)}.
 *
 * @param id what its ids in both id spaces end with
 * @param name its file name
 * @param contentType its media type
 * @param size how many bytes it has
 * @param sha256 64 lower-case hexadecimal digits over its bytes
 * @param inline whether it is shown in the text
 * @param contentId what the text refers to it by, or null
 */
public record SimulatedAttachment(
        String id,
        String name,
        String contentType,
        long size,
        String sha256,
        boolean inline,
        @Nullable String contentId) {

    public SimulatedAttachment {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(sha256, "sha256");
    }

    /** Without name and content. */
    @Override
    public String toString() {
        return "SimulatedAttachment[" + id + ", " + size + " bytes]";
    }
}
