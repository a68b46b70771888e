// SPDX-License-Identifier: Apache-2.0
/** Microsoft 365: clouds, credentials, directory mapping, mailbox sink and blob staging. */
@NullMarked
package io.github.celltrustarchive.graph;

import org.jspecify.annotations.NullMarked;
