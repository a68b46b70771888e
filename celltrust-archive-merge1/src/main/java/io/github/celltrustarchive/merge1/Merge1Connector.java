// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import java.util.Objects;

/**
 * A connector as it was configured on the Merge1 site.
 *
 * @param id the site's own id, not blank
 * @param name the unique name that the administrator gave it
 */
public record Merge1Connector(String id, String name) {

    public Merge1Connector {
        Objects.requireNonNull(name, "name");
        if (id.isBlank()) {
            throw new IllegalArgumentException("id must not be blank");
        }
    }
}
