// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;

/**
 * What a stage in blob storage is made of, checked by its builder.
 *
 * @param endpoint of the account, without a slash at the end
 * @param prefix before the name of every blob; empty or ending with a slash
 * @param serviceVersion such as {@code 2025-11-05}
 * @param blockBytes what is sent and read at once
 * @param concurrency how many blocks of one object are sent at once
 * @param tries of each request, the first included
 * @param timeout of each try
 * @param tags of every blob
 * @param http follows no redirects
 */
public record BlobSettings(
        URI endpoint,
        String container,
        String prefix,
        String serviceVersion,
        int blockBytes,
        int concurrency,
        int tries,
        Duration timeout,
        Map<String, String> tags,
        BlobProtection protection,
        boolean createContainer,
        HttpClient http) {}
