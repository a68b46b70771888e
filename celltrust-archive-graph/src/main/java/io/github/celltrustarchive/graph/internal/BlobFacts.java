// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What blob storage says of a blob.
 *
 * @param sha256 of its metadata, if it has one that looks like one
 * @param retainUntil the end of its immutability policy, if it has one
 */
record BlobFacts(
        long size,
        @Nullable String sha256,
        String etag,
        Instant created,
        @Nullable Instant retainUntil,
        boolean locked,
        boolean legalHold) {}
