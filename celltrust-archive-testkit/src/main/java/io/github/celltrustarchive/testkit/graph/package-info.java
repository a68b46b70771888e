// SPDX-License-Identifier: Apache-2.0
/** A simulated Microsoft Graph: mailboxes and a directory over TLS on loopback, with seeded faults. */
@NullMarked
package io.github.celltrustarchive.testkit.graph;

import org.jspecify.annotations.NullMarked;
