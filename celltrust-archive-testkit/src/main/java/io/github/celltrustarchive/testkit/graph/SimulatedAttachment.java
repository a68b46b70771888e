// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.util.Objects;

/**
 * An attachment in a simulated mailbox.
 *
 * @param id its id
 * @param name its file name
 * @param contentType its media type
 * @param size how many bytes it has
 * @param sha256 64 lower-case hexadecimal digits over its bytes, which are not kept
 * @param inline whether it is shown in the text
 */
public record SimulatedAttachment(
        String id, String name, String contentType, long size, String sha256, boolean inline) {

    public SimulatedAttachment {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(sha256, "sha256");
    }
}
