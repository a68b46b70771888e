// SPDX-License-Identifier: Apache-2.0
/** Writes messages into mailboxes and finds them again. */
@NullMarked
package io.github.celltrustarchive.mailbox;

import org.jspecify.annotations.NullMarked;
