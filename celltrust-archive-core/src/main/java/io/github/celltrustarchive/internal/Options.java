// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.SkipLimit;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RetryPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/** The engine's settings; {@code ArchivePipelineBuilder} documents and checks them. */
public record Options(
        String worker,
        int pageSize,
        long packBytes,
        int parallelMailboxes,
        int deliveriesPerClaim,
        Duration lease,
        Duration patience,
        Duration unmappedWindow,
        SkipLimit skipLimit,
        RetryPolicy retryPolicy,
        Map<String, Predicate<SourceItem>> exclusions) {}
