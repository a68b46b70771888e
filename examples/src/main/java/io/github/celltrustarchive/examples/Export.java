// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is archived, and by which rules users are mapped.
 *
 * @param source a file or folder in JSON Lines
 * @param map which user has which mailbox, or null
 * @param domains the firm's own
 */
record Export(Path source, @Nullable Path map, Set<String> domains) {}
