// SPDX-License-Identifier: Apache-2.0
/** Finds the mailbox of a participant. */
@NullMarked
package io.github.celltrustarchive.mapping;

import org.jspecify.annotations.NullMarked;
