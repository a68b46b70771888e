// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import java.util.List;
import java.util.Objects;

/**
 * A folder of a mailbox as somebody sees it who reads the mail store without the sink.
 *
 * @param path with {@code /} between names, as in {@link io.github.celltrustarchive.model.Delivery#folder()}
 * @param messages all of them in any order, also those half written; its own, not those of folders below it
 */
public record StoredFolder(String path, List<StoredMessage> messages) {

    public StoredFolder {
        Objects.requireNonNull(path, "path");
        messages = List.copyOf(messages);
    }
}
