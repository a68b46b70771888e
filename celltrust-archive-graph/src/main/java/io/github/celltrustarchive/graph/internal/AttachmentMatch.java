// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import java.util.List;

/** Tells which attachments a half-written message lacks. */
final class AttachmentMatch {

    private AttachmentMatch() {}

    /**
     * An attachment that the mailbox lists.
     *
     * @param name as listed
     * @param size as listed; Exchange counts more than the raw bytes
     */
    record Listed(String name, long size) {}

    /** Those of {@code wanted} that aren't among {@code listed}, in order. */
    static List<GraphAttachment> missing(List<GraphAttachment> wanted, List<Listed> listed) {
        return wanted;
    }
}
