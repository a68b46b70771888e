// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import org.jspecify.annotations.Nullable;

/**
 * A folder of a simulated mailbox.
 *
 * @param id its id, which never changes
 * @param parentId the folder it is in, or null for the root
 * @param displayName its name
 */
public record SimulatedFolder(String id, @Nullable String parentId, String displayName) {}
