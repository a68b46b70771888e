// SPDX-License-Identifier: Apache-2.0
/** The durable record of what happened to every item, participant and delivery. */
@NullMarked
package io.github.celltrustarchive.ledger;

import org.jspecify.annotations.NullMarked;
